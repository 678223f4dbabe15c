package io.keepstream.health.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The open file descriptors of this process. */
final class OpenFiles {
  private static final Path DIRECTORY = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** How many sockets, pipes and other descriptors are open, plain files left out. */
  static int count() {
    try (Stream<Path> open = Files.list(DIRECTORY)) {
      List<Path> links = open.toList();
      return (int)
          links.stream().flatMap(link -> target(link).stream()).filter(t -> !isFile(t)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFile(String target) {
    return target.startsWith("/");
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
