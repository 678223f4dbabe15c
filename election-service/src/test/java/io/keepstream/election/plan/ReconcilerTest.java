package io.keepstream.election.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  /** Words that begin alike have one key; what is wanted is there if it is the beginning of it. */
  private static final Reconciler<String, String> WORDS =
      new Reconciler<>(
          wanted -> wanted.charAt(0),
          actual -> actual.charAt(0),
          (wanted, actual) -> actual.startsWith(wanted));

  @Test
  void whatIsMissingIsSetAndWhatIsSurplusRemovedInOrder() {
    Reconciler.Plan<String, String> plan =
        WORDS.diff(List.of("c", "b", "a"), List.of("x", "b", "y"));
    assertThat(plan.missing()).containsExactly("c", "a");
    assertThat(plan.surplus()).containsExactly("x", "y");
  }

  @Test
  void whatIsThereIsLeftAlone() {
    Reconciler.Plan<String, String> plan = WORDS.diff(List.of("a", "b"), List.of("bc", "ab"));
    assertThat(plan.missing()).isEmpty();
    assertThat(plan.surplus()).isEmpty();
  }

  @Test
  void anEntryOfTheSameKeyThatDoesOtherwiseIsSurplus() {
    Reconciler.Plan<String, String> plan = WORDS.diff(List.of("ab"), List.of("ax", "abc"));
    assertThat(plan.missing()).isEmpty();
    assertThat(plan.surplus()).containsExactly("ax");
    assertThat(WORDS.diff(List.of("ab"), List.of("ax")).missing()).containsExactly("ab");
  }

  @Test
  void nothingNeedsNothing() {
    assertThat(WORDS.diff(List.of(), List.of()))
        .isEqualTo(new Reconciler.Plan<>(List.of(), List.of()));
  }
}
