package io.keepstream.lvs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.lvs.ipvs.SyncDaemon.Channel;
import io.keepstream.lvs.ipvs.Timeouts;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code global_defs} says about the table as a whole. */
class TableOptionsTest {
  private static final String INSTANCE =
      "vrrp_instance V {\n virtual_router_id 33\n}\nvrrp_instance W {\n virtual_router_id 44\n}\n";

  private static TableOptions options(String lines) {
    return config(lines).table();
  }

  private static LvsConfig config(String lines) {
    return ConfigText.read("global_defs {\n%s\n}\n%s".formatted(lines, INSTANCE)).config();
  }

  @Test
  void withoutAWordTheTableIsShared() {
    assertThat(options("")).isEqualTo(TableOptions.DEFAULT);
    assertThat(options("lvs_table shared").ours()).isFalse();
    assertThat(options("lvs_table ours").ours()).isTrue();
  }

  @Test
  void flushing() {
    assertThat(options("lvs_flush").flushAtStart()).isTrue();
    assertThat(options("lvs_flush_on_stop").flushAtStop()).isTrue();
    assertThat(options("lvs_flush_onstop").flushAtStop()).isTrue();
    assertThat(options("lvs_flush_on_stop VS").flushAtStop()).isFalse();
  }

  @Test
  void timeoutsInAnyOrder() {
    assertThat(options("lvs_timeouts udp 30 tcp 600").timeouts())
        .isEqualTo(new Timeouts(600, 0, 30));
    assertThat(options("lvs_timeouts tcpfin 9").timeouts()).isEqualTo(new Timeouts(0, 9, 0));
  }

  record Row(String line, SyncRule rule) {
    @Override
    public String toString() {
      return line;
    }
  }

  private static SyncRule rule(String instance, int syncId) {
    return new SyncRule("eth0", Optional.ofNullable(instance), syncId, Channel.KERNELS);
  }

  static List<Row> syncDaemons() {
    Channel all = new Channel(1000, 9000, 3, Optional.of(InetAddress.ofLiteral("239.1.1.1")));
    return List.of(
        new Row("lvs_sync_daemon eth0", rule(null, 0)),
        new Row("lvs_sync_daemon eth0 id 7", rule(null, 7)),
        new Row("lvs_sync_daemon eth0 V", rule("V", 33)),
        new Row("lvs_sync_daemon eth0 V 9", rule("V", 9)),
        new Row("lvs_sync_daemon eth0 inst W", rule("W", 44)),
        new Row("lvs_sync_daemon eth0 inst W id 0", rule("W", 0)),
        new Row(
            "lvs_sync_daemon eth0 V id 9 maxlen 1000 port 9000 ttl 3 group 239.1.1.1",
            new SyncRule("eth0", Optional.of("V"), 9, all)),
        new Row("lvs_sync_daemon eth0 V\nlvs_sync_daemon eth1 W", rule("V", 33)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void syncDaemons(Row row) {
    assertThat(options(row.line()).sync()).contains(row.rule());
  }

  @Test
  void theFormerWayToNameTheInstance() {
    String text = INSTANCE.replace("_id 44", "_id 44\n lvs_sync_daemon_interface eth0");
    assertThat(ConfigText.read(text).config().table().sync()).contains(rule("W", 44));
    assertThat(ConfigText.read("global_defs {\n lvs_sync_daemon eth1 V\n}\n" + text).config())
        .extracting(config -> config.table().sync().orElseThrow().device())
        .isEqualTo("eth1");
  }

  @Test
  void theSocketAndTheStart() {
    assertThat(config("").receiveBufferBytes()).isEmpty();
    assertThat(config("lvs_netlink_cmd_rcv_bufs 500000").receiveBufferBytes()).hasValue(500_000);
    assertThat(config("").tellsOfStart()).isFalse();
    assertThat(config("rs_init_notifies").tellsOfStart()).isTrue();
  }

  @Test
  void connectionsThatChangeTheFamilyCannotBeSynchronized() {
    ConfigText.Result result =
        ConfigText.read(
            """
            global_defs {
              lvs_sync_daemon eth0
            }
            virtual_server 10.1.1.1 80 {
              protocol TCP
              lvs_sched rr
              lvs_method TUN
              real_server fd00::1 80 { }
            }
            """);
    assertThat(result.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly(
            "f:4:1: error: [10.1.1.1]:tcp:80 has real servers of the other family, which the kernel"
                + " refuses beside a sync daemon");
  }
}
