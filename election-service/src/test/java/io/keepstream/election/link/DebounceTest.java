package io.keepstream.election.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DebounceTest {
  private static final UpDownDelays DELAYS = new UpDownDelays(1500, 500);

  @Test
  void theFirstLookIsBelieved() {
    assertThat(Debounce.first(true)).isEqualTo(new Debounce(true, Debounce.NEVER));
    assertThat(Debounce.first(false)).isEqualTo(new Debounce(false, Debounce.NEVER));
  }

  @Test
  void aChangeIsBelievedWhenItHasLasted() {
    Debounce down = Debounce.first(true).look(false, DELAYS, 100);
    assertThat(down).isEqualTo(new Debounce(true, 1600));
    assertThat(down.look(false, DELAYS, 1599)).isEqualTo(down);
    assertThat(down.look(false, DELAYS, 1600)).isEqualTo(Debounce.first(false));
    assertThat(Debounce.first(false).look(true, DELAYS, 0).deadlineNanos()).isEqualTo(500);
  }

  @Test
  void aFlapStartsTheTimeAnew() {
    Debounce flapped = Debounce.first(true).look(false, DELAYS, 100).look(true, DELAYS, 1000);
    assertThat(flapped).isEqualTo(Debounce.first(true));
    assertThat(flapped.look(false, DELAYS, 1200).deadlineNanos()).isEqualTo(2700);
  }

  @Test
  void withoutDelayAChangeIsBelievedAtOnce() {
    assertThat(Debounce.first(true).look(false, new UpDownDelays(0, 0), 7))
        .isEqualTo(Debounce.first(false));
  }
}
