package io.keepstream.config;

import java.util.List;
import java.util.Optional;

/**
 * A script as a line names it: {@code KEYWORD COMMAND [USER [[:]GROUP]]}.
 *
 * @param command program and arguments, at least one
 * @param user who runs it; null when the line names none
 * @param group null when the line names none
 * @param supplementaryGroups whether the group was written with a leading colon
 * @param position of the command
 */
public record ScriptLine(
    List<String> command,
    String user,
    String group,
    boolean supplementaryGroups,
    Position position) {
  public ScriptLine {
    command = List.copyOf(command);
  }

  /** Reads {@code statement}; empty when there is no command. */
  public static Optional<ScriptLine> of(Statement statement) {
    List<Text> words = ScriptWords.split(statement.line()).words();
    if (words.size() < 2) {
      return Optional.empty();
    }
    List<Text> command = ScriptWords.split(words.get(1)).words();
    if (command.isEmpty()) {
      return Optional.empty();
    }
    List<Word> rest =
        words.stream()
            .skip(2)
            .map(text -> new Word(text.toString(), text.position(), false))
            .toList();
    Identity identity = Identity.of(rest);
    return Optional.of(
        new ScriptLine(
            command.stream().map(Text::toString).toList(),
            identity.user(),
            identity.group(),
            identity.supplementaryGroups(),
            words.get(1).position()));
  }
}
