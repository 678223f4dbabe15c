package io.keepstream.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  @Test
  void returnsOnceTheConditionHolds() {
    AtomicInteger asked = new AtomicInteger();

    Await.until(Duration.ofSeconds(5), "three questions", () -> asked.incrementAndGet() == 3);

    assertThat(asked).hasValue(3);
  }

  @Test
  void namesWhatDidNotHappen() {
    assertThatThrownBy(() -> Await.until(Duration.ofMillis(10), "the moon is blue", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within 0.01 s: the moon is blue");
  }

  @Test
  void asksOnceMoreAfterTheLimit() {
    AtomicInteger asked = new AtomicInteger();

    int value =
        Await.value(Duration.ZERO, () -> "never", () -> Optional.of(asked.incrementAndGet()));

    assertThat(value).isEqualTo(1);
  }
}
