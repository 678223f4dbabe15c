package io.keepstream.node.run;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Content;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Status;
import io.keepstream.config.vocabulary.Vocabulary;
import io.keepstream.config.vocabulary.Vocabulary.Entry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The manual of the configuration language, as its words declare themselves. */
public final class Manual {
  private static final String HEAD =
      """
      # Configuration

      The language is keepalived's: `keepalived.conf` is read as it is, with its includes, variables,
      conditions and repetitions. `keepstream check -f FILE` says everything that is wrong at once. Where
      keepalived's reading can only hurt, Keepstream differs: an unknown word is an error that names the
      nearest known one, and its whole block is skipped instead of closing the block around it; a
      configuration with errors is never started and never half applied; an interface that does not exist
      yet is a warning, and its instance is in FAULT until it does; order does not matter, so global words
      count wherever they stand.

      These are all the words. **acts**: it does what it says. **no effect**: it is read and checked, and
      there is nothing for it to do here. **not yet**: it is read and checked, and `check` notes that
      nothing acts on it yet. **refused**: an error, because ignoring it would be dangerous. Written by `keepstream document` from the declarations of the words.
      """;

  private Manual() {}

  /** All words of {@code vocabulary} as a page of Markdown. */
  public static String page(Vocabulary vocabulary) {
    Map<String, List<Entry>> blocks =
        vocabulary.entries().stream()
            .collect(Collectors.groupingBy(Entry::path, TreeMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder(HEAD);
    blocks.forEach(
        (path, entries) -> {
          page.append("\n## ").append(title(path)).append("\n\n");
          page.append("| word | meaning | status |\n|---|---|---|\n");
          entries.forEach(entry -> page.append(row(entry.keyword())));
        });
    return page.toString();
  }

  private static String title(String path) {
    return path.equals(Block.TOP_LEVEL) ? "Top level" : path.replace("/", " / ");
  }

  private static String row(Keyword keyword) {
    String replacement = keyword.rules().replacement();
    String meaning =
        replacement.isEmpty()
            ? keyword.meaning()
            : keyword.meaning() + " (deprecated: " + replacement + ")";
    return "| `%s` | %s | %s |\n"
        .formatted(cell(usage(keyword)), cell(meaning), status(keyword.status()));
  }

  /** The options of a line have a table of their own. */
  private static String usage(Keyword keyword) {
    return keyword.content() instanceof Content.Lines(Arguments line)
            && !line.optionWords().isEmpty()
        ? keyword.word() + " { ... }"
        : keyword.usage();
  }

  private static String status(Status status) {
    return switch (status.effect()) {
      case ACTS -> "acts";
      case NOT_YET -> "not yet";
      case REFUSED -> "refused: " + cell(status.reason());
      case NONE -> "no effect: " + cell(status.reason());
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
