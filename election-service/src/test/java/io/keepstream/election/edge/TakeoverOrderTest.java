package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.port.AddressTable;
import io.keepstream.election.port.Alarm;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.port.RouterPorts;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a takeover happens, when others are about to take over too. */
class TakeoverOrderTest implements Publishing, Alarm, AddressTable {
  private static final InetAddress US = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
  private static final InstanceConfig CONFIG =
      EngineInLab.read(
              """
              vrrp_instance VI_1 {
                  interface eth0
                  virtual_router_id 51
                  version 3
                  priority 200
                  virtual_ipaddress {
                      192.0.2.10
                  }
              }
              """)
          .instances()
          .getFirst();

  private final List<String> done = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final VirtualRouterShell shell =
      new VirtualRouterShell(
          new VirtualRouterRef("VI_1", 51, "inet", "eth0"),
          new AnnounceConfig(1, 0, 0, 1, 1, 0),
          new RouterPorts(
              priority -> done.add("advert " + priority),
              this,
              rounds -> done.add("announced"),
              this,
              this));
  private long nowNanos;
  private long alarmNanos;

  private void takeOver() {
    shell.start(parameters(List.of()));
    done.clear();
    nowNanos = alarmNanos;
    shell.alarmRang(nowNanos);
  }

  @Test
  void theAdvertLeavesAtOnceAndTheRestWhenOthersHaveSentTheirs() {
    takeOver();
    assertThat(done).containsExactly("advert 200");
    assertThat(shell.isMaster()).isTrue();
    later.remove().run();
    assertThat(done).containsExactly("advert 200", "claimed", "announced", "told MASTER");
  }

  @Test
  void whatHappensMeanwhileComesAfterTheRest() {
    takeOver();
    shell.advertHeard(OTHER, 250, 1_000_000_000L, 0);
    List<String> all =
        List.of(
            "advert 200",
            "claimed",
            "announced",
            "told MASTER",
            "advert 200", // the last word to who is better
            "released",
            "told BACKUP");
    assertThat(done).isEqualTo(all);
    later.remove().run();
    assertThat(done).isEqualTo(all);
  }

  @Test
  void aStallAfterTheSocketWasReadIsNotTheSilenceOfTheMaster() {
    shell.start(parameters(List.of()));
    nowNanos = alarmNanos;
    long rangNanos = nowNanos;
    shell.advertHeard(OTHER, 250, 1_000_000_000L, 0);
    nowNanos = alarmNanos + 1; // and what he has said meanwhile is unread
    shell.alarmRang(rangNanos);
    assertThat(shell.isMaster()).isFalse();
    shell.alarmRang(nowNanos);
    assertThat(shell.isMaster()).isTrue();
  }

  @Test
  void aStallBetweenTheAlarmAndTheTakeoverHasTheSocketReadOnceMore() {
    shell.start(parameters(List.of()));
    long rangNanos = alarmNanos;
    nowNanos = rangNanos + 2_000_000_000L;
    shell.alarmRang(rangNanos);
    assertThat(shell.isMaster()).isFalse();
    nowNanos = alarmNanos;
    shell.alarmRang(nowNanos);
    assertThat(shell.isMaster()).isTrue();
  }

  @Test
  void aMasterThatStoodStillAfterItReadTheSocketSendsNothing() {
    takeOver();
    later.remove().run();
    done.clear();
    long rangNanos = alarmNanos;
    nowNanos = rangNanos + 10_000_000_000L;
    shell.alarmRang(rangNanos);
    assertThat(done).startsWith("released").noneMatch(each -> each.startsWith("advert"));
    assertThat(shell.isMaster()).isFalse();
  }

  @Test
  void aFaultMeanwhileLeavesNothingBehind() {
    takeOver();
    shell.parametersChanged(parameters(List.of("interface eth0 is down")));
    assertThat(done)
        .startsWith("advert 200", "claimed", "announced", "told MASTER")
        .containsOnlyOnce("released")
        .endsWith("told FAULT");
    List<String> all = List.copyOf(done);
    later.remove().run();
    assertThat(done).isEqualTo(all);
  }

  private static Parameters parameters(List<String> faults) {
    return new Parameters(
        CONFIG.machine(), Priority.of(CONFIG.machine().priority()), US, faults, List.of());
  }

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public void publish(Event event) {
    if (event instanceof VrrpEvent.InstanceChanged changed) {
      done.add("told " + changed.to());
    }
  }

  @Override
  public void rearm(long deadlineNanos) {
    alarmNanos = deadlineNanos;
  }

  @Override
  public void afterAdverts(Runnable work) {
    later.add(work);
  }

  @Override
  public void claim() {
    done.add("claimed");
  }

  @Override
  public void release() {
    done.add("released");
  }
}
