package io.keepstream.config.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import java.util.List;

/**
 * One rule of the language, as a row of a test.
 *
 * @param name the rule
 * @param text the file
 * @param tree what it means, in the form of {@link Rendered}
 * @param problems parts of the expected diagnostics, in order
 */
record Rule(String name, String text, String tree, List<String> problems) {
  static Rule rule(String name, String text, String tree, String... problems) {
    return new Rule(name, text, tree, List.of(problems));
  }

  void holdsIn(MemorySource source) {
    Document document = source.file("f", text).document();
    assertThat(Rendered.tree(document)).as(name).isEqualTo(tree);
    List<String> found = Rendered.problems(document);
    assertThat(found).as(name).hasSameSizeAs(problems);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).as(name).contains(problems.get(i));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
