package io.keepstream.node.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The commands that the README prints. */
final class Readme {
  private static final String INDENT = "    ";

  private Readme() {}

  /** Those of the part under {@code heading} that begin with {@code program}, without comments. */
  static List<String> commands(String heading, String program) throws IOException {
    List<String> commands =
        Files.readAllLines(Path.of("..", "README.md")).stream()
            .dropWhile(line -> !line.equals(heading))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith(INDENT + program))
            .map(line -> line.replaceAll("\\s+#.*", "").strip())
            .toList();
    if (commands.isEmpty()) {
      throw new AssertionError("the README prints no " + program + " under " + heading);
    }
    return commands;
  }
}
