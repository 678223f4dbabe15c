package io.keepstream.election.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Single scenes in virtual time, where moments can be told exactly. */
class ScenarioTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Skew_Time of priority 100. */
  private static final long SKEW = 609_375_000L;

  private static final long WAY = TimeUnit.MILLISECONDS.toNanos(1);

  private final VirtualTime time = new VirtualTime();
  private final Random random = new Random(1);
  private final List<String> trace = new ArrayList<>();
  private final List<SimulatedLan<SimulatedNode.Frame>> lans = new ArrayList<>();
  private final List<SimulatedHost> hosts = new ArrayList<>();

  @Test
  @Proves({"VR-062", "VR-064"})
  void whenOneCableIsPulledTheOtherLanWaitsForOneMissedAdvertOnly() {
    start(2, 200, 100);
    hosts.getFirst().on(0).cut(true);
    assertThat(states(0)).containsOnly(VrrpState.FAULT);
    assertThat(trace.stream().filter(line -> line.contains("VI_2 sends 0"))).hasSize(1);
    long tookNanos = until(() -> states(1).equals(both(VrrpState.MASTER)));
    assertThat(tookNanos).isBetween(SKEW, SECOND + SKEW + WAY);

    hosts.getFirst().on(0).cut(false);
    until(() -> states(0).equals(both(VrrpState.MASTER)));
    pass(WAY);
    assertThat(states(1)).isEqualTo(both(VrrpState.BACKUP));
  }

  @Test
  @Proves("VR-062")
  void aWrongHintMovesNothing() {
    start(2, 200, 100, 150);
    // Host 1 is to hear host 2 as MASTER on one LAN and host 0 on the other.
    lans.get(0).connect((from, to) -> from != 0 && to != 0);
    lans.get(1).connect((from, to) -> from != 2 && to != 2);
    until(() -> states(2).equals(both(VrrpState.MASTER)));
    pass(5 * SECOND);
    assertThat(states(0)).isEqualTo(both(VrrpState.MASTER));
    assertThat(states(1)).isEqualTo(both(VrrpState.BACKUP));

    int before = trace.size();
    hosts.getFirst().stopPolitely();
    pass(30 * SECOND);
    assertThat(trace.subList(before, trace.size()))
        .noneMatch(line -> line.contains("node 1") && line.contains("MASTER STATE"));
  }

  @Test
  @Proves("VR-062")
  void aResignationOnBothLansIsTakenUpAfterSkewTime() {
    start(2, 200, 100);
    hosts.getFirst().stopPolitely();
    long tookNanos = until(() -> states(1).equals(both(VrrpState.MASTER)));
    assertThat(tookNanos).isBetween(SKEW, SKEW + WAY);
  }

  @Test
  @Proves("VR-067")
  void aGroupThatSleptGivesItsAddressesUpTogetherAndIsElectedAgain() {
    start(2, 200, 100);
    hosts.getFirst().pause();
    pass(8 * SECOND);
    assertThat(states(1)).isEqualTo(both(VrrpState.MASTER));
    hosts.getFirst().resume();
    assertThat(states(0)).isEqualTo(both(VrrpState.BACKUP));
    long tookNanos = until(() -> states(0).equals(both(VrrpState.MASTER)));
    assertThat(tookNanos).isLessThan(SECOND);
  }

  @Test
  @Proves({"VR-035", "VR-084"})
  void ofThreeTheSecondTakesOverAndTheThirdStays() {
    start(1, 200, 150, 100);
    int before = trace.size();
    hosts.getFirst().crash();
    until(() -> states(1).contains(VrrpState.MASTER));
    pass(10 * SECOND);
    assertThat(trace.subList(before, trace.size()).stream().filter(l -> l.contains("MASTER STATE")))
        .singleElement()
        .asString()
        .contains("node 1");
  }

  @Test
  @Proves("VR-060")
  void ofTwoOwnersOneStaysAndSaysSo() {
    start(1, 255, 255);
    pass(10 * SECOND);
    assertThat(states(0)).containsExactly(VrrpState.BACKUP);
    assertThat(states(1)).containsExactly(VrrpState.MASTER);
    assertThat(trace).anyMatch(line -> line.contains("with priority 255 from 10.0.0.1"));
  }

  /** Hosts of these priorities, started together and left until all is settled. */
  private void start(int lanCount, int... priorities) {
    for (int lan = 0; lan < lanCount; lan++) {
      lans.add(new SimulatedLan<>(time, random));
    }
    for (int number = 0; number < priorities.length; number++) {
      hosts.add(
          new SimulatedHost(time, lans, config(lanCount, priorities[number]), number, trace::add));
    }
    hosts.forEach(SimulatedHost::start);
    pass(5 * SECOND);
  }

  private static ElectionConfig config(int lanCount, int priority) {
    StringBuilder text = new StringBuilder();
    for (int lan = 0; lan < lanCount; lan++) {
      text.append(
          """
          vrrp_instance VI_%d {
              interface eth%d
              virtual_router_id 51
              priority %d
              virtual_ipaddress {
                  10.0.%d.100
              }
          }
          """
              .formatted(lan + 1, lan, priority, lan));
    }
    if (lanCount > 1) {
      text.append("vrrp_sync_group G {\n group {\n VI_1 VI_2\n}\n}\n");
    }
    return RandomConfig.read(text.toString());
  }

  private List<VrrpState> states(int host) {
    return hosts.get(host).routers().stream().map(SimulatedNode::state).toList();
  }

  private static List<VrrpState> both(VrrpState state) {
    return IntStream.range(0, 2).mapToObj(lan -> state).toList();
  }

  private void pass(long nanos) {
    long untilNanos = time.nanos() + nanos;
    while (time.step(untilNanos)) {
      hosts.forEach(SimulatedHost::checkConsistent);
    }
  }

  /** Goes on until it is so; how long that took. */
  private long until(BooleanSupplier condition) {
    long startNanos = time.nanos();
    while (!condition.getAsBoolean()) {
      assertThat(time.nanos() - startNanos).as("waits in vain").isLessThan(60 * SECOND);
      time.step(Long.MAX_VALUE);
      hosts.forEach(SimulatedHost::checkConsistent);
    }
    return time.nanos() - startNanos;
  }
}
