package io.keepstream.lvs.edge;

import io.keepstream.lab.Commands;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The IPVS table of this kernel as {@code ipvsadm} sees and edits it. */
final class Kernel {
  private Kernel() {}

  /** The lines of {@code ipvsadm -Sn}. */
  static List<String> table() {
    return ipvsadm("-Sn").lines().toList();
  }

  static void clear() {
    ipvsadm("-C");
  }

  /** Adds what a file of {@code ipvsadm -Sn} lines holds. */
  static void restore(Path file) {
    run("sh", "-c", "ipvsadm -R < " + file);
  }

  static String ipvsadm(String words) {
    return run(
        Stream.concat(Stream.of("ipvsadm"), Stream.of(words.split(" ", -1)))
            .toArray(String[]::new));
  }

  static String run(String... command) {
    return Commands.run(command).orThrow(String.join(" ", command)).text();
  }
}
