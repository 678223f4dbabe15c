package io.keepstream.lvs.edge;

import io.keepstream.lab.Commands;
import io.keepstream.lab.LabHost;
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

  /** Unloads IPVS until it is closed. */
  static WithoutIpvs withoutIpvs() {
    return withoutIpvs(Kernel::run);
  }

  /** The same where {@code user} has a table that is filled again at once. */
  static WithoutIpvs withoutIpvs(LabHost user) {
    return withoutIpvs(command -> user.run(command).orThrow("unloading").text());
  }

  private interface Shell {
    String run(String... command);
  }

  private static WithoutIpvs withoutIpvs(Shell shell) {
    String modprobe = run("cat", "/proc/sys/kernel/modprobe").strip();
    // Asking for the family would load the module.
    helper("/bin/false");
    String modules = "$(ls /sys/module | grep ^ip_vs_) xt_ipvs ip_vs";
    String unload = "ipvsadm -C; %s -r %s".formatted(modprobe, modules);
    shell.run(
        "sh",
        "-c",
        "for i in $(seq 100); do if %s; then exit 0; fi; done; exit 1".formatted(unload));
    return new WithoutIpvs(modprobe);
  }

  /** The time without IPVS. */
  record WithoutIpvs(String modprobe) implements AutoCloseable {
    @Override
    public void close() {
      helper(modprobe);
    }
  }

  private static void helper(String program) {
    run("sh", "-c", "echo " + program + " > /proc/sys/kernel/modprobe");
  }
}
