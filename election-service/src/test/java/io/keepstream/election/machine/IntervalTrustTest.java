package io.keepstream.election.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.testkit.Proves;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

@Proves("VR-085")
class IntervalTrustTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 40_950_000_000L;
  private static final InetAddress STRANGER = InetAddress.ofLiteral("10.0.0.66");
  private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.67");
  private static final VirtualRouterConfig CONFIG =
      new VirtualRouterConfig(3, 100, SECOND, true, 0, 3, false, false);

  private IntervalTrust trust = IntervalTrust.NO_DOUBT;
  private long nowNanos = 70 * SECOND;
  private long learntNanos = SECOND;

  @Test
  void tenTimesOurIntervalIsBelieved() {
    assertThat(believed(STRANGER, 10 * SECOND)).isEqualTo(10 * SECOND);
    assertThat(believed(STRANGER, 10 * SECOND + 1)).isEqualTo(SECOND);
  }

  @Test
  void aSingleAdvertDarkensNothing() {
    assertThat(believed(STRANGER, LONG)).isEqualTo(SECOND);
  }

  @Test
  void aDoubtedAdvertDoesNotShortenWhatWasLearnt() {
    learntNanos = 5 * SECOND;
    assertThat(believed(STRANGER, LONG)).isEqualTo(5 * SECOND);
  }

  @Test
  void aBurstOfForgedAdvertsCountsAsOne() {
    for (int i = 0; i < 1000; i++) {
      assertThat(believed(STRANGER, LONG)).isEqualTo(SECOND);
      nowNanos += 100_000;
    }
  }

  @Test
  void aMasterThatRepeatsItsIntervalIsBelieved() {
    assertThat(believed(STRANGER, LONG)).isEqualTo(SECOND);
    nowNanos += SECOND;
    assertThat(believed(STRANGER, LONG)).isEqualTo(SECOND);
    nowNanos += SECOND;
    assertThat(believed(STRANGER, LONG)).isEqualTo(LONG);
    assertThat(believed(STRANGER, LONG)).isEqualTo(LONG);
    nowNanos += 300 * SECOND;
    assertThat(believed(STRANGER, LONG)).isEqualTo(LONG);
  }

  @Test
  void ordinaryAdvertsInBetweenDoNotMatterButAnotherDoubtedOneDoes() {
    believed(STRANGER, LONG);
    nowNanos += SECOND;
    believed(STRANGER, LONG);
    nowNanos += SECOND;
    assertThat(believed(OTHER, SECOND)).isEqualTo(SECOND);
    assertThat(believed(OTHER, LONG)).isEqualTo(SECOND);
    nowNanos += SECOND;
    assertThat(believed(STRANGER, LONG)).isEqualTo(SECOND);
    nowNanos += SECOND;
    assertThat(believed(STRANGER, LONG - 10_000_000)).isEqualTo(SECOND);
  }

  @Test
  void versionTwoAndAResignationTeachNoInterval() {
    VirtualRouterConfig version2 =
        new VirtualRouterConfig(2, 100, SECOND, true, 0, 3, false, false);
    AdvertHeard advert = new AdvertHeard(STRANGER, 200, LONG);
    assertThat(trust.judge(version2, advert, SECOND, nowNanos).doubted()).isFalse();
    AdvertHeard resignation = new AdvertHeard(STRANGER, 0, LONG);
    assertThat(trust.judge(CONFIG, resignation, SECOND, nowNanos).doubted()).isFalse();
  }

  private long believed(InetAddress sender, long intervalNanos) {
    IntervalTrust.Judgement judgement =
        trust.judge(CONFIG, new AdvertHeard(sender, 200, intervalNanos), learntNanos, nowNanos);
    trust = judgement.next();
    assertThat(judgement.doubted())
        .isEqualTo(judgement.advert().advertIntervalNanos() != intervalNanos);
    return judgement.advert().advertIntervalNanos();
  }
}
