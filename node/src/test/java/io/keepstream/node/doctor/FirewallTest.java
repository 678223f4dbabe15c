package io.keepstream.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.node.doctor.Finding.Level;
import io.keepstream.node.doctor.Needs.Router;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirewallTest {
  @Test
  void rulesThatDropAdvertsAreFoundWithTheCommandThatLetsThemIn() {
    assertThat(nft("accept", "\t\tip protocol vrrp counter packets 0 bytes 0 drop\n"))
        .isEqualTo(
            Finding.fail(
                "firewall, nft table inet filter chain input",
                "drops adverts",
                "nft insert rule inet filter input meta l4proto vrrp accept"));
    assertThat(nft("accept", "\t\tmeta l4proto 112 reject\n").level()).isEqualTo(Level.FAIL);
    assertThat(iptables("-A INPUT -s 10.0.0.2/32 -p vrrp -j DROP").level()).isEqualTo(Level.FAIL);
  }

  @Test
  void whoDropsTheRestAndNamesNoAdvertsIsDoubtful() {
    assertThat(nft("drop", "").level()).isEqualTo(Level.WARN);
    assertThat(nft("accept", "\t\tcounter packets 1 bytes 60 drop\n").level())
        .isEqualTo(Level.WARN);
    assertThat(iptables("-A INPUT -p tcp -j ACCEPT").mend())
        .isEqualTo("iptables -I INPUT -p vrrp -j ACCEPT");
  }

  @ParameterizedTest
  @CsvSource({
    "-A INPUT -j DROP, WARN",
    "-A INPUT -j REJECT --reject-with icmp-host-prohibited, WARN",
    "-A INPUT -m comment --comment \"the rest\" -j DROP, WARN",
    "-A INPUT -i eth1 -j DROP, OK",
    "-A FORWARD -j REJECT, OK"
  })
  void aLastRuleThatDropsAllIsLikeAPolicy(String rule, Level level) {
    String saved = "*filter\n:INPUT ACCEPT [0:0]\n%s\nCOMMIT\n".formatted(rule);
    assertThat(one(Optional.empty(), Optional.of(saved)).level()).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "ip, false, WARN",
    "ip6, false, OK",
    "inet, false, WARN",
    "ip, true, OK",
    "ip6, true, WARN",
    "inet, true, WARN",
    "arp, false, OK"
  })
  void aTableOfAnotherFamilyDropsNoAdverts(String family, boolean ipv6, Level level) {
    String rules = table(family, "drop", "");
    assertThat(Firewall.examine(List.of(router(ipv6)), Optional.of(rules), Optional.empty()))
        .extracting(Finding::level)
        .containsExactly(level);
  }

  @Test
  void iptablesSaysNothingOfIpv6() {
    Optional<String> saved = Optional.of("*filter\n:INPUT DROP [0:0]\nCOMMIT\n");
    assertThat(Firewall.examine(List.of(router(true)), Optional.of(""), saved))
        .extracting(Finding::level)
        .containsExactly(Level.OK);
    assertThat(Firewall.examine(List.of(router(true), router(false)), Optional.of(""), saved))
        .extracting(Finding::level)
        .containsExactly(Level.WARN);
  }

  @Test
  void whoLetsAdvertsInIsWell() {
    assertThat(nft("drop", "\t\tip protocol { icmp, vrrp } accept\n").level()).isEqualTo(Level.OK);
    assertThat(nft("accept", "\t\ttcp dport 112 drop\n").level()).isEqualTo(Level.OK);
    assertThat(iptables("-A INPUT -i eth0 -p 112 -j ACCEPT").level()).isEqualTo(Level.OK);
    assertThat(one(Optional.of(""), Optional.empty()).level()).isEqualTo(Level.OK);
  }

  private static Finding nft(String policy, String rules) {
    return one(Optional.of(table("inet", policy, rules)), Optional.empty());
  }

  private static String table(String family, String policy, String rules) {
    return """
        table %s filter {
        \tset peers {
        \t\ttype ipv4_addr
        \t}

        \tchain input {
        \t\ttype filter hook input priority filter; policy %s;
        \t\tct state established,related accept
        %s\t}

        \tchain output {
        \t\ttype filter hook output priority filter; policy drop;
        \t}
        }
        """
        .formatted(family, policy, rules);
  }

  private static Finding iptables(String rule) {
    String saved = "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n" + rule + "\nCOMMIT\n";
    return one(Optional.empty(), Optional.of(saved));
  }

  private static Finding one(Optional<String> nft, Optional<String> iptables) {
    List<Finding> findings = Firewall.examine(List.of(router(false)), nft, iptables);
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static Router router(boolean ipv6) {
    return new Router("VI_1", "eth0", 51, ipv6, true, Set.of(), 32);
  }
}
