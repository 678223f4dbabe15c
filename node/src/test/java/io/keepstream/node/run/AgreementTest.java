package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.TextSource;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final NodeConfig CONFIG = NodeConfig.read("f", new TextSource("f", ""));
  private static final Draft ONE = new Draft(CONFIG, "1");
  private static final Draft TWO = new Draft(CONFIG, "2");

  private final Agreement agreement = new Agreement();

  @Test
  void whatWasAgreedToIsTakenOnce() {
    assertThat(agreement.agree(ONE, 0)).isTrue();
    assertThat(agreement.take("2")).isEmpty();
    assertThat(agreement.isInForce("1")).isFalse();
    assertThat(agreement.take("1")).contains(CONFIG);
    assertThat(agreement.take("1")).isEmpty();
    assertThat(agreement.isInForce("1")).isTrue();
  }

  @Test
  void onlyOneThingIsAgreedToUntilItIsOverOrTooOld() {
    assertThat(agreement.agree(ONE, 0)).isTrue();
    assertThat(agreement.agree(ONE, 1)).isTrue();
    assertThat(agreement.agree(TWO, Agreement.LIMIT_NANOS)).isFalse();
    assertThat(agreement.agree(TWO, 1 + Agreement.LIMIT_NANOS)).isTrue();
    agreement.cancel("1");
    assertThat(agreement.agree(ONE, 2 + Agreement.LIMIT_NANOS)).isFalse();
    agreement.cancel("2");
    assertThat(agreement.agree(ONE, 3 + Agreement.LIMIT_NANOS)).isTrue();
    assertThat(agreement.take("1")).isPresent();
    assertThat(agreement.agree(TWO, 4 + Agreement.LIMIT_NANOS)).isTrue();
  }
}
