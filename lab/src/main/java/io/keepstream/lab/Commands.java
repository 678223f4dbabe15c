package io.keepstream.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Runs short commands of this machine to their end. */
public final class Commands {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private Commands() {}

  /** Runs a command for at most 30 seconds. */
  public static Output run(String... command) {
    return run(LIMIT, "", List.of(command));
  }

  /** Runs a command for at most {@code limit}. */
  public static Output run(Duration limit, String... command) {
    return run(limit, "", List.of(command));
  }

  /** Whether the search path has this program. */
  public static boolean exists(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs a command that must succeed; throws IllegalStateException with its output if not. */
  static void must(String... command) {
    run(command).orThrow(String.join(" ", command));
  }

  /** As {@link #must(String...)}, with {@code input} on standard input. */
  static void mustRead(String input, String... command) {
    run(LIMIT, input, List.of(command)).orThrow(String.join(" ", command) + " <<\n" + input);
  }

  /**
   * Runs a command with {@code input} on its standard input.
   *
   * @throws AssertionError when it does not end within {@code limit}; it is killed then
   */
  static Output run(Duration limit, String input, List<String> command) {
    try (LabProcess process = LabProcess.start(String.join(" ", command), command)) {
      process.feed(input);
      int status = process.awaitExit(limit);
      return new Output(status, process.text());
    }
  }
}
