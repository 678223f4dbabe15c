package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightSharesTest {
  @Test
  void sharesAddUpAndTheLatestOfACheckCounts() {
    WeightShares<String> shares = WeightShares.<String>none().with("a", 5).with("b", -3);
    assertThat(shares.total()).isEqualTo(2);
    assertThat(shares.with("a", 1).total()).isEqualTo(-2);
    assertThat(WeightShares.none().total()).isZero();
  }

  @Test
  void aTotalStaysInRange() {
    WeightShares<String> most = WeightShares.<String>none().with("a", Integer.MAX_VALUE);
    assertThat(most.with("b", Integer.MAX_VALUE).total()).isEqualTo(Integer.MAX_VALUE);
    WeightShares<String> least = WeightShares.<String>none().with("a", -Integer.MAX_VALUE);
    assertThat(least.with("b", -Integer.MAX_VALUE).total()).isEqualTo(-Integer.MAX_VALUE);
  }
}
