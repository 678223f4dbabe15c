package io.keepstream.election.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.Proves;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DiscriminatorsTest {
  @Proves("BF-006")
  @Test
  void neitherZeroNorOneThatIsTaken() {
    Iterator<Long> throwsOfDice = List.of(0L, 7L << 32, -1L << 32, 9L << 32).iterator();
    RandomGenerator random = throwsOfDice::next;
    assertThat(Discriminators.fresh(random, Set.of(7L, 8L))).isEqualTo(0xffff_ffffL);
    assertThat(Discriminators.fresh(random, Set.of(7L, 8L))).isEqualTo(9);
  }
}
