package io.keepstream.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checklist in the repository names the tests that there are. */
class ChecklistTest {
  private static final Path PAGE = Path.of("..", "docs", "checklist.md");

  @Test
  void the_page_names_the_tests_that_prove_each_item() throws IOException {
    Map<String, Set<String>> proofs = Checklist.proofs(Path.of(".."));
    assertThat(Checklist.items())
        .extracting(Checklist.Item::id)
        .as("items that tests say to prove are on the list")
        .containsAll(proofs.keySet());
    String page = Checklist.page(Checklist.items(), proofs);
    if (Boolean.getBoolean("keepstream.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }
}
