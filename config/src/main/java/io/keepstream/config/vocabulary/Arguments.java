package io.keepstream.config.vocabulary;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The form of what stands behind a keyword, or of a free line. */
public sealed interface Arguments {
  /**
   * Values, and option words with values of their own.
   *
   * @param params in order; what may be missing or stands anywhere mixes with the options
   * @param words the option words, in any order
   */
  record Plain(List<Param> params, List<Keyword> words) implements Arguments {
    public Plain {
      params = List.copyOf(params);
      words = List.copyOf(words);
    }
  }

  /**
   * The first word decides.
   *
   * @param words the deciding words
   * @param otherwise the values when the first word is none of them
   */
  record Choice(List<Keyword> words, List<Param> otherwise) implements Arguments {
    public Choice {
      words = List.copyOf(words);
      otherwise = List.copyOf(otherwise);
    }
  }

  /**
   * A line that splits like a script.
   *
   * @param what the first word is
   * @param required whether it may not be missing
   * @param identity whether user and group may follow
   */
  record Script(String what, boolean required, boolean identity) implements Arguments {}

  /** The words that may stand here besides values. */
  default List<Keyword> optionWords() {
    return switch (this) {
      case Plain plain -> plain.words();
      case Choice choice -> choice.words();
      case Script script -> List.of();
    };
  }

  /** The form, for people. */
  default String form() {
    return switch (this) {
      case Plain(List<Param> params, List<Keyword> words) ->
          Stream.concat(
                  params.stream().map(Param::toString),
                  words.stream().map(word -> "[" + word.usage() + "]"))
              .collect(Collectors.joining(" "));
      case Choice(List<Keyword> words, List<Param> otherwise) ->
          Stream.concat(
                  Stream.of(new Plain(otherwise, List.of()).form()),
                  words.stream().map(Keyword::usage))
              .filter(form -> !form.isEmpty())
              .collect(Collectors.joining(" | "));
      case Script(String what, boolean required, boolean identity) -> {
        String all = identity ? what + " [user [group]]" : what;
        yield required ? all : "[" + all + "]";
      }
    };
  }
}
