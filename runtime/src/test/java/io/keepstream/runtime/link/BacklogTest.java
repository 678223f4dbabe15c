package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
  @Test
  void theNewestStayInTheirOrderAndTheRestIsCounted() {
    Backlog<Integer> backlog = new Backlog<>(3);
    for (int i = 1; i <= 5; i++) {
      backlog.add(i);
    }
    assertThat(backlog.forgotten()).isEqualTo(2);
    assertThat(backlog.drain()).containsExactly(3, 4, 5);
    assertThat(backlog.forgotten()).isZero();
    assertThat(backlog.drain()).isEmpty();
  }
}
