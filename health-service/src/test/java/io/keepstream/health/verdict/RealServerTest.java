package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RealServerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final BackendRef BACKEND =
      new BackendRef("[172.32.10.18]:tcp:80", "[192.168.10.114]:tcp:80");
  private static final CheckEvidence REFUSED =
      new CheckEvidence("TCP_CHECK [192.168.10.114]:80", "CONNECT_REFUSED", null, 90, 2);
  private static final CheckEvidence OK =
      new CheckEvidence("TCP_CHECK [192.168.10.114]:80", "OK", null, 80, 1);

  private static RealServer<String> failing(String... checks) {
    return new RealServer<>(BACKEND, Set.of(checks), SECOND, null);
  }

  @Test
  void oneFailedCheckTakesItDown() {
    RealServer.Step<String> step = failing().decided("tcp", true, REFUSED, 3 * SECOND);
    assertThat(step.event()).isEqualTo(new BackendEvent.Down(BACKEND, 2000, REFUSED));
    assertThat(step.next())
        .isEqualTo(new RealServer<>(BACKEND, Set.of("tcp"), 3 * SECOND, REFUSED));
  }

  @Test
  void theLastFailedCheckThatPassesBringsItUp() {
    RealServer.Step<String> step = failing("tcp").decided("tcp", false, OK, 3 * SECOND);
    assertThat(step.event()).isEqualTo(new BackendEvent.Up(BACKEND, 2000, OK));
    assertThat(step.next()).isEqualTo(new RealServer<>(BACKEND, Set.of(), 3 * SECOND, OK));
  }

  @Test
  void oneOfTwoFailedChecksThatPassesLeavesItDown() {
    RealServer<String> down = new RealServer<>(BACKEND, Set.of("tcp", "http"), SECOND, REFUSED);
    RealServer.Step<String> step = down.decided("tcp", false, OK, 3 * SECOND);
    assertThat(step.event()).isEqualTo(new BackendEvent.CheckChanged(BACKEND, false, true, OK));
    assertThat(step.next()).isEqualTo(new RealServer<>(BACKEND, Set.of("http"), SECOND, REFUSED));
  }

  @Test
  void aFirstSuccessOfWhatIsUpIsNoEventButEvidence() {
    RealServer.Step<String> step = failing().decided("tcp", false, OK, 3 * SECOND);
    assertThat(step.event()).isNull();
    assertThat(step.next()).isEqualTo(new RealServer<>(BACKEND, Set.of(), SECOND, OK));
  }

  @Test
  void aFirstFailureOfWhatStartedDownIsNoEventButEvidence() {
    RealServer.Step<String> step = failing("tcp").decided("tcp", true, REFUSED, 3 * SECOND);
    assertThat(step.event()).isNull();
    assertThat(step.next()).isEqualTo(new RealServer<>(BACKEND, Set.of("tcp"), SECOND, REFUSED));
  }

  @Test
  void startedDownItNeedsASuccessOfEveryCheck() {
    RealServer.Step<String> one = failing("tcp", "http").decided("tcp", false, OK, 3 * SECOND);
    assertThat(one.event()).isInstanceOf(BackendEvent.CheckChanged.class);
    RealServer.Step<String> both = one.next().decided("http", false, OK, 4 * SECOND);
    assertThat(both.event()).isEqualTo(new BackendEvent.Up(BACKEND, 3000, OK));
  }

  @Test
  void itComesUpWhenItsFailedCheckIsConfiguredAway() {
    RealServer.Step<String> step = failing("tcp").reconfigured(Set.of(), 3 * SECOND);
    assertThat(step.event()).isInstanceOf(BackendEvent.Up.class);
    assertThat(step.event().summary())
        .endsWith(
            "is UP [configuration OK other checks are in force after 0 attempt(s), 0 us;"
                + " was down for 2000 ms]");
  }

  @Test
  void otherChecksAloneAreNoEvent() {
    RealServer.Step<String> step = failing("tcp").reconfigured(Set.of("http"), 3 * SECOND);
    assertThat(step.event()).isNull();
    assertThat(step.next()).isEqualTo(failing("http"));
  }
}
