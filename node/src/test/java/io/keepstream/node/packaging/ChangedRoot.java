package io.keepstream.node.packaging;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A Debian of its own on a host of a lab, with the kernel's file systems while a command runs. */
final class ChangedRoot {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Mounts are private to the command and go with it. */
  private static final String ENTER =
      """
      root=$1
      shift
      mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" && exec chroot "$root" "$@"
      """;

  private final LabHost host;
  private final Path root;

  ChangedRoot(LabHost host) throws IOException {
    this.host = host;
    this.root = Built.unpackDebian(host.lab().directory().resolve(host.name() + "-root"));
  }

  /** What this Debian knows as {@code path}. */
  Path path(String path) {
    return root.resolve(path.substring(1));
  }

  /** Writes a file. */
  void write(String path, String text) throws IOException {
    Files.createDirectories(path(path).getParent());
    Files.writeString(path(path), text);
  }

  /** Runs a command to its end. */
  Output run(String... command) {
    return host.run(LIMIT, inRoot(command));
  }

  /** Starts a command. */
  LabProcess start(String... command) {
    return host.start(inRoot(command));
  }

  private String[] inRoot(String... command) {
    List<String> enter = List.of("sh", "-c", ENTER, "sh", root.toString());
    return Stream.concat(enter.stream(), Stream.of(command)).toArray(String[]::new);
  }
}
