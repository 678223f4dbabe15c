package io.keepstream.lvs.nft;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.plan.Situation;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadbackTest {
  private static final ServiceTable TABLE =
      table(
          entry("10.1.1.1", destination(1, 1), destination(2, 0)),
          entry("10.1.1.2", destination(1, 3)));
  private static final Ruleset WRITTEN = Balancing.of(TABLE);
  private static final ServiceKey FIRST = key("10.1.1.1");

  private static ServiceTable wanted(String config) {
    Situation situation = new Situation(ConfigText.read(config).config(), Map.of());
    return Plan.NOTHING.next(situation, 0).desired().table();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "virtual_server 10.0.0.1 80 { protocol TCP\n lvs_sched rr\n SERVERS }",
        "virtual_server 10.0.0.1 53 { protocol UDP\n lvs_sched wrr\n SERVERS }",
        "virtual_server 10.0.0.1 80 { protocol SCTP\n lvs_sched sh\n sh-port\n SERVERS }",
        "virtual_server 10.0.0.1 80 { protocol TCP\n lvs_sched mh\n mh-fallback\n SERVERS }",
        "virtual_server 10.0.0.1 { protocol TCP\n lvs_sched rr\n SERVERS }",
        "virtual_server fwmark 7 { protocol TCP\n lvs_sched rr\n SERVERS }",
        "virtual_server 10.0.0.1 80 { protocol TCP\n lvs_sched rr\n persistence_timeout 50\n"
            + " persistence_granularity 255.255.255.0\n SERVERS }",
        """
        virtual_server fd00::1 80 {
          protocol TCP
          lvs_sched wrr
          persistence_timeout 3600
          persistence_granularity 64
          real_server fd00::2:1 8080 {
            weight 0
          }
          real_server ::ffff:10.0.0.1 8080 { }
        }
        """,
        """
        virtual_server_group G {
          10.0.0.1-3 80
          fwmark 5
        }
        virtual_server group G {
          protocol TCP
          lvs_sched rr
          SERVERS
        }
        """
      })
  void whatIsWrittenIsReadBack(String config) {
    String servers =
        """
        real_server 10.9.0.1 8080 {
          weight 3
        }
        real_server 10.9.0.2 8080 {
          weight 2147483647
        }
        """;
    ServiceTable wanted = wanted(config.replace("SERVERS", servers));
    assertThat(wanted.entries()).isNotEmpty();
    assertThat(Readback.of(Balancing.of(wanted))).isEqualTo(wanted);
  }

  @Test
  void withoutTheFrameNothingBalances() {
    assertThat(Readback.of(Ruleset.EMPTY)).isEqualTo(ServiceTable.EMPTY);
    Ruleset without = new Ruleset.Builder().all(WRITTEN).rule("prerouting", new NfRule()).build();
    assertThat(Readback.of(without)).isEqualTo(ServiceTable.EMPTY);
  }

  @Test
  void anEditedServiceIsToldFromOthers() {
    String chain = Names.of(FIRST);
    Ruleset more = new Ruleset.Builder().all(WRITTEN).rule(chain, new NfRule()).build();
    ServiceTable read = Readback.of(more);
    assertThat(read.entries().get(FIRST)).isEqualTo(edited(TABLE.entries().get(FIRST)));
    assertThat(read.entries().get(key("10.1.1.2"))).isEqualTo(TABLE.entries().get(key("10.1.1.2")));
  }

  @Test
  void aServerThatIsNoneIsAnEdit() {
    Ruleset more =
        new Ruleset.Builder().all(WRITTEN).chain(NfChain.named(Names.of(FIRST) + "/x")).build();
    assertThat(Readback.of(more).entries().get(FIRST).service().scheduler())
        .isEqualTo(Readback.EDITED);
  }

  private static Entry edited(Entry entry) {
    ServiceKey key = entry.service().key();
    return new Entry(
        new VirtualService(key, Readback.EDITED, Set.of(), Persistence.none(key.family())),
        entry.destinations());
  }

  @Test
  void servicesThatCannotBeDoneAreLeftOut() {
    VirtualService least =
        new VirtualService(FIRST, "lc", Set.of(), Persistence.none(FIRST.family()));
    Entry entry = Entry.of(least, List.of(destination(1, 1)));
    assertThat(Balancing.of(table(entry))).isEqualTo(Balancing.of(ServiceTable.EMPTY));
  }

  @Test
  void nothingChangesBetweenEqualRulesets() {
    assertThat(Difference.messages(Balancing.TABLE, WRITTEN, Balancing.of(TABLE))).isEmpty();
  }

  @Test
  void namesAreReadable() {
    assertThat(WRITTEN.chains()).containsKeys("tcp-10.1.1.1-80", "tcp-10.1.1.1-80/10.2.0.1-8080");
    assertThat(
            Names.of(
                new ServiceKey.FirewallMark(FIRST.family(), 7),
                new DestinationKey(InetAddress.ofLiteral("fd00::1"), 0)))
        .isEqualTo("mark-7-ipv4/fd00__1-0");
  }
}
