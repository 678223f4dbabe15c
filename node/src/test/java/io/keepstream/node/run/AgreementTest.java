package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.TextSource;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final NodeConfig CONFIG = NodeConfig.read("f", new TextSource("f", ""));
  private static final Draft STARTED = new Draft(CONFIG, "0", 5);
  private static final Draft ONE = new Draft(CONFIG, "1", 10);
  private static final Draft TWO = new Draft(CONFIG, "2", 20);

  private final Agreement agreement = new Agreement(STARTED);

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

  @Test
  void othersAreToldOfReloadsAndNotOfWhatAProcessHasStartedWith() {
    assertThat(agreement.isInForce("0")).isTrue();
    assertThat(agreement.reloaded()).isEmpty();
    agreement.agree(ONE, 11);
    assertThat(agreement.reloaded()).isEmpty();
    agreement.take("1");
    assertThat(agreement.reloaded()).contains(ONE);
  }

  @Test
  void whatWasReadBeforeIsNoReasonToLookAgain() {
    assertThat(agreement.looksAgain("1", 4, 30)).isFalse();
    assertThat(agreement.looksAgain("1", 5, 30)).isFalse();
    assertThat(agreement.looksAgain("0", 6, 30)).isFalse();
    agreement.agree(TWO, 21);
    agreement.take("2");
    assertThat(agreement.looksAgain("1", 10, 30)).isFalse();
    assertThat(agreement.looksAgain("2", 25, 30)).isFalse();
  }

  @Test
  void oneLookIsEnoughForEachReload() {
    assertThat(agreement.looksAgain("1", 10, 30)).isTrue();
    assertThat(agreement.looksAgain("1", 10, 31)).isFalse();
    assertThat(agreement.looksAgain("1", 12, 31)).isFalse();
    assertThat(agreement.isInForce("0")).isTrue();
    assertThat(agreement.looksAgain("2", 32, 40)).isTrue();
  }

  @Test
  void anAgreementFromBeforeALookDoesNotMakeItForgotten() {
    agreement.agree(ONE, 11);
    assertThat(agreement.looksAgain("2", 20, 30)).isTrue();
    agreement.take("1");
    assertThat(agreement.looksAgain("2", 20, 31)).isFalse();
  }

  @Test
  void twoProcessesNeverGoToAndFro() {
    Agreement other = new Agreement(new Draft(CONFIG, "1", 6));
    other.agree(TWO, 21);
    other.take("2");
    Draft told = other.reloaded().orElseThrow();
    assertThat(agreement.looksAgain(told.fingerprint(), told.readNanos(), 30)).isTrue();
    agreement.agree(new Draft(CONFIG, "2", 31), 32);
    agreement.take("2");
    Draft back = agreement.reloaded().orElseThrow();
    assertThat(other.looksAgain(back.fingerprint(), back.readNanos(), 40)).isFalse();
    assertThat(agreement.looksAgain(told.fingerprint(), told.readNanos(), 40)).isFalse();
  }

  @Test
  void whatWasReadBeforeWhatAReloadPutInForceComesTooLate() {
    agreement.agree(new Draft(CONFIG, "2", 30), 31);
    assertThat(agreement.take("2")).isPresent();
    assertThat(agreement.agree(new Draft(CONFIG, "1", 29), 32)).isFalse();
    assertThat(agreement.agree(new Draft(CONFIG, "1", 33), 34)).isTrue();
  }
}
