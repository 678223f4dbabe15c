package io.keepstream.notifier.route;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.DELETED;
import static io.keepstream.contract.event.VrrpState.FAULT;
import static io.keepstream.contract.event.VrrpState.INIT;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static io.keepstream.contract.event.VrrpState.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.NoticeWord;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.UpDown;
import io.keepstream.notifier.config.VrrpNotify;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per rule; expected lines and arguments were written by keepalived 2.2.7. */
class NoticesTest {
  private static final String VS = "[172.32.10.18]:tcp:80";
  private static final Scripts SCRIPTS =
      new Scripts(
          Map.of(
              "VI_1", asking("i-", true, true),
              "PLAIN", asking("p-", false, false)),
          Map.of("G1", asking("g-", true, true)),
          Map.of(VS, upDown("quorum-")),
          Map.of(Events.BACKEND, upDown("rs-")));

  record Row(String rule, Event event, Optional<Lines> kind, String line, List<String> scripts) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Row> states() {
    return Stream.of(
        vrrp(
            "state script first, then notify",
            to(MASTER),
            "INSTANCE \"VI_1\" MASTER 100",
            "i-MASTER",
            "i-any INSTANCE VI_1 MASTER 100"),
        vrrp(
            "backup",
            to(BACKUP),
            "INSTANCE \"VI_1\" BACKUP 100",
            "i-BACKUP",
            "i-any INSTANCE VI_1 BACKUP 100"),
        vrrp(
            "fault",
            to(FAULT),
            "INSTANCE \"VI_1\" FAULT 100",
            "i-FAULT",
            "i-any INSTANCE VI_1 FAULT 100"),
        vrrp(
            "stop",
            to(STOP),
            "INSTANCE \"VI_1\" STOP 100",
            "i-STOP",
            "i-any INSTANCE VI_1 STOP 100"),
        vrrp(
            "deleted, where notify_deleted is on",
            to(DELETED),
            "INSTANCE \"VI_1\" DELETED 100",
            "i-DELETED",
            "i-any INSTANCE VI_1 DELETED 100"),
        vrrp(
            "deleted is FAULT to notify alone, where it is off",
            change("PLAIN", DELETED),
            "INSTANCE \"PLAIN\" FAULT 100",
            "p-any INSTANCE PLAIN FAULT 100"),
        nothing("INIT is not told", to(INIT)),
        vrrp(
            "a group's priority is 0",
            group(MASTER),
            "GROUP \"G1\" MASTER 0",
            "g-MASTER",
            "g-any GROUP G1 MASTER 0"),
        vrrp(
            "a group stops", group(STOP), "GROUP \"G1\" STOP 0", "g-STOP", "g-any GROUP G1 STOP 0"),
        vrrp(
            "FIFOs hear of those who asked for nothing",
            change("OTHER", MASTER),
            "INSTANCE \"OTHER\" MASTER 100"));
  }

  static Stream<Row> otherVrrp() {
    return Stream.of(
        vrrp(
            "a lower priority heard runs its script, not notify",
            new VrrpEvent.LowerPriorityHeard(Events.router("VI_1"), "10.0.0.2", 50, 105),
            "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 105",
            "i-MASTER_RX_LOWER_PRI"),
        vrrp(
            "a MASTER's priority",
            priority("VI_1", MASTER),
            "INSTANCE \"VI_1\" MASTER_PRIORITY 105"),
        vrrp(
            "a BACKUP's priority",
            priority("VI_1", BACKUP),
            "INSTANCE \"VI_1\" BACKUP_PRIORITY 105"),
        vrrp(
            "the priority in FAULT is a BACKUP's",
            priority("VI_1", FAULT),
            "INSTANCE \"VI_1\" BACKUP_PRIORITY 105"),
        nothing("priorities only where asked for", priority("PLAIN", MASTER)),
        nothing(
            "a new name is not told",
            new VrrpEvent.Renamed(Events.router("VI_1"), VrrpState.MASTER, "VI_0")),
        nothing(
            "refused adverts are not told",
            new VrrpEvent.AdvertsRejected(
                Events.router("VI_1"), "ttl", "too far", "10.0.0.2", 1, 1000)),
        nothing("addresses are not told", new VipEvent.Claimed("VI_1", "10.0.0.1/32", "eth0")));
  }

  static Stream<Row> servers() {
    return Stream.of(
        lvs("up", Events.up(), "RS [192.168.10.114]:tcp:80 [172.32.10.18]:tcp:80 UP", "rs-up"),
        lvs(
            "down",
            Events.down(),
            "RS [192.168.10.114]:tcp:80 [172.32.10.18]:tcp:80 DOWN",
            "rs-down"),
        lvs(
            "up from the start on",
            new BackendEvent.StartedUp(Events.BACKEND),
            "RS [192.168.10.114]:tcp:80 [172.32.10.18]:tcp:80 UP",
            "rs-up"),
        lvs(
            "taken away while up",
            new BackendEvent.Withdrawn(Events.BACKEND, "reload"),
            "RS [192.168.10.114]:tcp:80 [172.32.10.18]:tcp:80 DOWN",
            "rs-down"),
        nothing("the table's content is not told", new BackendEvent.Removed(Events.BACKEND)),
        lvs(
            "quorum gained",
            new VirtualServerEvent.QuorumGained(VS, 1, 2),
            "VS [172.32.10.18]:tcp:80 UP",
            "quorum-up"),
        lvs(
            "quorum lost",
            new VirtualServerEvent.QuorumLost(VS, 1, 0),
            "VS [172.32.10.18]:tcp:80 DOWN",
            "quorum-down"),
        lvs(
            "a virtual server that ends with quorum",
            new VirtualServerEvent.Withdrawn(VS, "shutdown"),
            "VS [172.32.10.18]:tcp:80 DOWN",
            "quorum-down"),
        lvs("a firewall mark", new VirtualServerEvent.QuorumLost("FWM 7", 1, 0), "VS FWM 7 DOWN"));
  }

  @ParameterizedTest
  @MethodSource({"states", "otherVrrp", "servers"})
  void rule(Row row) {
    Optional<Notice> notice = Notices.of(SCRIPTS, row.event());
    assertThat(notice.map(Notice::kind)).isEqualTo(row.kind());
    assertThat(notice.map(Notice::line).orElse("")).isEqualTo(row.line());
    assertThat(notice.stream().flatMap(said -> said.scripts().stream()).map(Object::toString))
        .containsExactlyElementsOf(row.scripts());
  }

  private static Row vrrp(String rule, Event event, String line, String... scripts) {
    return new Row(rule, event, Optional.of(Lines.VRRP), line + "\n", List.of(scripts));
  }

  private static Row lvs(String rule, Event event, String line, String... scripts) {
    return new Row(rule, event, Optional.of(Lines.LVS), line + "\n", List.of(scripts));
  }

  private static Row nothing(String rule, Event event) {
    return new Row(rule, event, Optional.empty(), "", List.of());
  }

  private static Event to(VrrpState state) {
    return change("VI_1", state);
  }

  private static Event change(String instance, VrrpState state) {
    return Events.instance(instance, BACKUP, state);
  }

  private static Event group(VrrpState state) {
    return new GroupChanged("G1", BACKUP, state, 10, List.of("VI_1"));
  }

  private static Event priority(String instance, VrrpState state) {
    Priority priority = new Priority(100, 105, List.of(new Priority.Share("file f", 5)));
    return new VrrpEvent.PriorityChanged(Events.router(instance), state, 100, priority);
  }

  private static VrrpNotify asking(String prefix, boolean deleted, boolean priorities) {
    Map<NoticeWord, ScriptCommand> scripts = new EnumMap<>(NoticeWord.class);
    for (NoticeWord word : NoticeWord.values()) {
      scripts.put(word, command(prefix + word));
    }
    return new VrrpNotify(scripts, Optional.of(command(prefix + "any")), deleted, priorities);
  }

  private static UpDown upDown(String prefix) {
    return new UpDown(Optional.of(command(prefix + "up")), Optional.of(command(prefix + "down")));
  }

  private static ScriptCommand command(String program) {
    return new ScriptCommand(List.of(program), null, null);
  }
}
