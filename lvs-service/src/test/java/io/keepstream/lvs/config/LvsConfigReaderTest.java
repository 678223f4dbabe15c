package io.keepstream.lvs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ServiceKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LvsConfigReaderTest {
  /** A rule: what a virtual server with these lines is told. */
  record Row(String rule, String text, String finding) {
    @Override
    public String toString() {
      return rule;
    }
  }

  /** A virtual server at 10.1.1.1:80 that is right but for {@code lines}. */
  private static String tcp(String lines) {
    return """
        virtual_server 10.1.1.1 80 {
          protocol TCP
          lvs_sched rr
          lvs_method NAT
          real_server 10.2.0.1 8080 { }
        %s
        }
        """
        .formatted(lines);
  }

  static List<Row> findings() {
    return List.of(
        new Row(
            "protocol is UDP without saying",
            "virtual_server 10.1.1.1 80 {\n lvs_sched rr\n lvs_method NAT\n real_server 10.2.0.1 80 { }\n}",
            "f:1:1: warning: no protocol: UDP is taken"),
        new Row(
            "scheduler is wlc without saying",
            "virtual_server 10.1.1.1 80 {\n protocol TCP\n lvs_method NAT\n real_server 10.2.0.1 80 { }\n}",
            "f:1:1: warning: no lvs_sched: wlc is taken"),
        new Row(
            "method is NAT without saying",
            "virtual_server 10.1.1.1 80 {\n protocol TCP\n lvs_sched rr\n real_server 10.2.0.1 80 { }\n}",
            "f:1:1: warning: no lvs_method: NAT is taken"),
        new Row(
            "DR does not change ports",
            tcp("real_server 10.2.0.2 81 {\n lvs_method DR\n }"),
            "f:6:1: warning: port 81 has no effect: DR reaches a server at the port of the virtual"
                + " server"),
        new Row(
            "families do not mix but through a tunnel",
            tcp("real_server fd00::1 80 { }"),
            "f:6:1: warning: fd00::1 is not of the family of the virtual server, which only TUN can"
                + " cross: ignored"),
        new Row(
            "a real server is there once",
            tcp("real_server 10.2.0.1 8080 { }"),
            "f:6:1: warning: real server [10.2.0.1]:tcp:8080 is there already: ignored"),
        new Row(
            "no usable real server is no virtual server",
            tcp("").replace("10.2.0.1", "fd00::1"),
            "f:1:1: warning: [10.1.1.1]:tcp:80 has nothing to balance: ignored"),
        new Row(
            "a virtual server is there once",
            tcp("") + tcp(""),
            "f:8:1: warning: virtual server [10.1.1.1]:tcp:80 is there already: its real servers are"
                + " added to the first, the rest is ignored"),
        new Row(
            "a group shares no address with a virtual server",
            tcp("")
                + "virtual_server_group G {\n10.1.1.0-3 80\n}\n"
                + tcp("").replace("10.1.1.1 80", "group G"),
            "f:11:1: warning: TCP 10.1.1.1:80 belongs to virtual server [10.1.1.1]:tcp:80 already,"
                + " which says how it balances"),
        new Row(
            "quorum is within the weights",
            tcp("quorum 5"),
            "f:1:1: warning: quorum 5 is more than all weights: 1 is taken"),
        new Row(
            "hysteresis is below quorum",
            tcp("hysteresis 5"),
            "f:1:1: warning: hysteresis 5 must be less than quorum 1: 0 is taken"),
        new Row(
            "quorum can be gained",
            tcp("weight 2\nquorum 2\nhysteresis 1"),
            "f:1:1: warning: quorum 2 and hysteresis 1 together are more than all weights, 2: quorum"
                + " is never gained"),
        new Row(
            "a service without port is persistent",
            tcp("").replace("10.1.1.1 80", "10.1.1.1"),
            "f:1:1: warning: a service without port needs persistence: persistence_timeout 360 is"
                + " taken"),
        new Row(
            "lthreshold is not above uthreshold",
            tcp("real_server 10.2.0.2 80 {\n lthreshold 8\n }"),
            "f:6:1: error: lthreshold 8 is above uthreshold 0, which the kernel refuses"),
        new Row(
            "gue needs a port",
            tcp("real_server 10.2.0.2 80 {\n lvs_method TUN type gue\n }"),
            "f:7:2: warning: a gue tunnel needs a port: a plain ipip tunnel is taken"),
        new Row(
            "only gue has a port",
            tcp("real_server 10.2.0.2 80 {\n lvs_method TUN type gre port 5\n }"),
            "f:7:2: warning: only a gue tunnel has a port: a plain ipip tunnel is taken"),
        new Row(
            "ipip has no checksum",
            tcp("real_server 10.2.0.2 80 {\n lvs_method TUN csum\n }"),
            "f:7:2: warning: an ipip tunnel has no checksum: a plain ipip tunnel is taken"),
        new Row(
            "only gue has a remote checksum",
            tcp("real_server 10.2.0.2 80 {\n lvs_method TUN type gre remcsum\n }"),
            "f:7:2: warning: only a gue tunnel has a remote checksum: a plain ipip tunnel is taken"),
        new Row("ops is for UDP", tcp("ops"), "f:1:1: warning: ops has no effect with TCP"),
        new Row(
            "sh-port is for sh",
            tcp("sh-port"),
            "f:1:1: warning: sh-port has no effect with scheduler rr"),
        new Row(
            "granularity is of the service's family",
            tcp("persistence_granularity 24"),
            "f:1:1: warning: persistence_granularity has no effect: IPv4 takes a netmask, IPv6 a"
                + " prefix length"),
        new Row(
            "firewall marks of a group of both families say theirs",
            "virtual_server_group G {\n10.1.1.1 80\nfd01::1 80\nfwmark 5\n}\n"
                + tcp("").replace("10.1.1.1 80", "group G").replace("NAT", "TUN"),
            "f:6:1: error: [G]:0 has IPv4 and IPv6: say inet or inet6 behind each fwmark of the"
                + " group"),
        new Row(
            "a group does not fill the kernel",
            "virtual_server_group G {\n10.0.0.0/20 80\n10.1.0.1 80\n}",
            "f:3:1: error: the group has 4097 addresses up to here, at most 4096 are possible"),
        new Row(
            "groups do not fill the kernel",
            "virtual_server_group G {\n10.0.0.0/20 80\n}\n"
                + tcp("").replace("10.1.1.1 80", "group G").repeat(4),
            "the IPVS table would have 32768 entries up to here, at most 24576 are possible"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void findings(Row row) {
    assertThat(ConfigText.read(row.text()).diagnostics())
        .map(Diagnostic::toString)
        .anyMatch(finding -> finding.endsWith(row.finding()));
  }

  @Test
  void whatIsRightIsToldNothing() {
    assertThat(ConfigText.read(tcp("persistence_timeout 50")).diagnostics()).isEmpty();
  }

  private static List<String> backends(String text) {
    return ConfigText.read(text).config().virtualServers().stream()
        .flatMap(server -> server.realServers().stream())
        .map(real -> real.server().backend())
        .map(backend -> backend.virtualServer() + " " + backend.realServer())
        .toList();
  }

  @Test
  void serversAreCalledAsKeepalivedCallsThem() {
    assertThat(
            backends(tcp("real_server 10.2.0.2 { }\nreal_server 10.2.0.3 81 {\nlvs_method DR\n}")))
        .containsExactly(
            "[10.1.1.1]:tcp:80 [10.2.0.1]:tcp:8080",
            "[10.1.1.1]:tcp:80 [10.2.0.2]:tcp:80",
            "[10.1.1.1]:tcp:80 [10.2.0.3]:tcp:80");
    assertThat(backends(tcp("").replace("10.1.1.1 80", "fwmark 3")))
        .containsExactly("FWM 3 [10.2.0.1]:none:8080");
    assertThat(backends(tcp("").replace("10.1.1.1 80", "fwmark 3").replace("NAT", "DR")))
        .containsExactly("FWM 3 [10.2.0.1]:none:0");
    String group = "virtual_server_group G {\n10.1.1.1 80\n}\n";
    String use = tcp("").replace("10.1.1.1 80", "group G").replace("NAT", "DR");
    assertThat(backends(group + use + use.replace("TCP", "UDP")))
        .containsExactly("[G]:0 [10.2.0.1]:tcp:8080", "[G]:1 [10.2.0.1]:udp:8080");
    assertThat(backends(tcp("").replace("10.1.1.1", "FD01:0::1").replace("10.2.0.1", "fd00:0::1")))
        .containsExactly("[fd01::1]:tcp:80 [fd00::1]:tcp:8080");
  }

  @Test
  void alphaNeedsACheckThatCanFail() {
    String text =
        tcp(
            """
            alpha
            real_server 10.2.0.2 80 {
              TCP_CHECK { }
            }
            real_server 10.2.0.3 80 {
              alpha no
              TCP_CHECK { }
            }
            real_server 10.2.0.4 80 {
              alpha no
              TCP_CHECK {
                alpha
              }
            }
            """);
    assertThat(ConfigText.read(text).config().virtualServers().getFirst().realServers())
        .map(RealServer::startsDown)
        .containsExactly(false, true, false, true);
  }

  @Test
  void valuesOfTheVirtualServerAreInherited() {
    String text =
        tcp(
            """
            weight 7
            inhibit_on_failure
            real_server 10.2.0.2 80 {
              weight 3
              inhibit_on_failure no
              uthreshold 9
              lthreshold 4
            }
            """);
    List<RealServer> reals =
        ConfigText.read(text).config().virtualServers().getFirst().realServers();
    assertThat(reals).map(real -> real.server().weight()).containsExactly(7, 3);
    assertThat(reals).map(RealServer::inhibitOnFailure).containsExactly(true, false);
    assertThat(reals.getLast().server().connection().upperThreshold()).isEqualTo(9);
    assertThat(reals.getLast().server().connection().lowerThreshold()).isEqualTo(4);
  }

  @Test
  void unusableHeadersAreLeftToTheVocabulary() {
    String text =
        tcp("").replace("10.1.1.1", "example.org")
            + tcp("").replace("10.1.1.1 80", "group NONE")
            + tcp("").replace("10.1.1.1 80", "fwmark x");
    assertThat(ConfigText.read(text).config()).isEqualTo(LvsConfig.NOTHING);
  }

  @Test
  void aFirewallMarkIsOfTheFamilyOfItsServers() {
    String text = tcp("").replace("10.1.1.1 80", "fwmark 3").replace("10.2.0.1", "fd00::1");
    assertThat(ConfigText.read(text).config().virtualServers().getFirst().services())
        .map(service -> service.key())
        .containsExactly(new ServiceKey.FirewallMark(Family.IPV6, 3));
  }

  @Test
  void slowStartIsInheritedAndNeedsAWeightToGrowThrough() {
    ConfigText.Result result =
        ConfigText.read(
            tcp(
                """
                slow_start 30
                weight 100
                real_server 10.2.0.2 80 {
                  slow_start 0.5
                }
                real_server 10.2.0.3 80 {
                  weight 1
                }
                """));
    assertThat(result.config().virtualServers().getFirst().realServers())
        .extracting(RealServer::slowStartNanos)
        .containsExactly(30_000_000_000L, 500_000_000L, 30_000_000_000L);
    assertThat(result.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly(
            "f:11:1: warning: slow_start has no effect: there is nothing between 0 and weight 1 to"
                + " grow through");
  }

  @Test
  void panicThresholdHasAWindow() {
    assertThat(panic("panic_threshold 60")).contains(new PanicRule(60, 60_000_000_000L));
    assertThat(panic("panic_threshold 60 2.5")).contains(new PanicRule(60, 2_500_000_000L));
    assertThat(panic("")).isEmpty();
  }

  private static Optional<PanicRule> panic(String line) {
    return ConfigText.read(tcp(line)).config().virtualServers().getFirst().panic();
  }

  @Test
  void aShadowCheckChecksNothing() {
    RealServer real =
        ConfigText.read(tcp("real_server 10.2.0.2 80 {\n alpha\n TCP_CHECK {\n shadow\n}\n}"))
            .config()
            .virtualServers()
            .getFirst()
            .realServers()
            .getLast();
    assertThat(real.checked()).isFalse();
    assertThat(real.startsDown()).isFalse();
  }
}
