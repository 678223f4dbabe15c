package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingTest {
  private final Pending<String> pending = new Pending<>();

  @Test
  void anAnswerGoesToWhoAskedAndOnlyOnce() {
    long first = pending.add("first", 0).orElseThrow();
    long second = pending.add("second", 0).orElseThrow();
    assertThat(pending.take(second)).contains("second");
    assertThat(pending.take(second)).isEmpty();
    assertThat(pending.take(first)).contains("first");
    assertThat(pending.take(99)).isEmpty();
  }

  @Test
  void whoWaitsForHalfAMinuteHasWaitedLongEnough() {
    pending.add("first", 0).orElseThrow();
    pending.add("second", 1).orElseThrow();
    assertThat(pending.expire(29_999_999_999L)).isEmpty();
    assertThat(pending.expire(30_000_000_000L)).containsExactly("first");
    assertThat(pending.expire(30_000_000_001L)).containsExactly("second");
  }

  @Test
  void whoWaitsWhenThePeerGoesIsToldAtOnce() {
    pending.add("first", 0).orElseThrow();
    pending.add("second", 0).orElseThrow();
    assertThat(pending.drain()).containsExactly("first", "second");
    assertThat(pending.drain()).isEmpty();
  }

  @Test
  void noMoreThanAThousandWait() {
    for (int i = 0; i < 1000; i++) {
      assertThat(pending.add("one", 0)).isPresent();
    }
    assertThat(pending.add("too many", 0)).isEmpty();
    pending.take(1);
    assertThat(pending.add("again", 0)).hasValue(1001);
  }
}
