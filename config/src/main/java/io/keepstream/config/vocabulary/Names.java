package io.keepstream.config.vocabulary;

import io.keepstream.config.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names a document gives and uses, in its order. */
final class Names {
  private final Findings findings;
  private final Map<String, Map<String, Given>> given = new HashMap<>();
  private final List<Used> used = new ArrayList<>();
  private int order;

  Names(Findings findings) {
    this.findings = findings;
  }

  private record Given(Word word, int order) {}

  private record Used(Word word, Param.Refers role, int order) {}

  void add(Word word, Param.Role role) {
    order++;
    switch (role) {
      case Param.Defines(String kind) -> define(kind, word);
      case Param.Refers refers -> used.add(new Used(word, refers, order));
    }
  }

  private void define(String kind, Word word) {
    Given before =
        given
            .computeIfAbsent(kind, _ -> new HashMap<>())
            .putIfAbsent(word.text(), new Given(word, order));
    if (before != null) {
      findings.error(
          word.position(),
          "%s '%s' is defined already at %s".formatted(kind, word, before.word().position()));
    }
  }

  /** Reports uses of names that nothing has, or has too late for keepalived. */
  void resolve() {
    for (Used use : used) {
      String kind = use.role().kind();
      Map<String, Given> known = given.getOrDefault(kind, Map.of());
      Given definition = known.get(use.word().text());
      if (definition == null) {
        String hint = Nearest.hint(use.word().text(), known.keySet());
        findings.error(
            use.word().position(), "no %s is named '%s'%s".formatted(kind, use.word(), hint));
      } else if (use.role().back() && definition.order() > use.order()) {
        findings.warning(
            use.word().position(),
            "keepalived wants %s '%s' to be defined before this line; it is at %s"
                .formatted(kind, use.word(), definition.word().position()));
      }
    }
  }
}
