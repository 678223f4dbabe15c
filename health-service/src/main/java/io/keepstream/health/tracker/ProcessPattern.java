package io.keepstream.health.tracker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Which processes are meant.
 *
 * @param program a process name, or the first word of a command
 * @param arguments what follows it
 * @param match how arguments are compared
 * @param fullCommand whether the command is compared even where no arguments are
 */
public record ProcessPattern(
    String program, List<String> arguments, Match match, boolean fullCommand) {
  /** The most bytes a process name has. */
  public static final int NAME_BYTES = 15;

  /** How the arguments of a process are compared. */
  public enum Match {
    /** They are not. */
    NONE,
    /** They are the ones given, and no more. */
    EXACT,
    /** They begin with the ones given, of which the last may go on. */
    INITIAL,
    /** They begin with the ones given. */
    PARTIAL
  }

  public ProcessPattern {
    arguments = List.copyOf(arguments);
  }

  /** Whether the command decides, else the process name. */
  public boolean byCommand() {
    return fullCommand || match != Match.NONE;
  }

  /** Whether {@code process} is meant. */
  public boolean matches(ProcessInfo process) {
    if (!byCommand()) {
      return process.name().equals(asName(program));
    }
    List<String> command = process.command();
    return !command.isEmpty()
        && command.getFirst().equals(program)
        && argumentsMatch(command.subList(1, command.size()));
  }

  private boolean argumentsMatch(List<String> given) {
    int wanted = arguments.size();
    if (wanted == 0) {
      return match == Match.NONE || given.isEmpty();
    }
    return switch (match) {
      case NONE -> true;
      case EXACT -> given.equals(arguments);
      case PARTIAL -> beginsWith(given, wanted);
      case INITIAL ->
          beginsWith(given, wanted - 1)
              && given.size() >= wanted
              && given.get(wanted - 1).startsWith(arguments.getLast());
    };
  }

  private boolean beginsWith(List<String> given, int count) {
    return given.size() >= count && given.subList(0, count).equals(arguments.subList(0, count));
  }

  /** As the kernel cuts it. */
  private static String asName(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= NAME_BYTES
        ? text
        : new String(Arrays.copyOf(bytes, NAME_BYTES), StandardCharsets.UTF_8);
  }
}
