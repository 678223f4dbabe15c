package io.keepstream.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.node.doctor.Finding.Level;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  @Test
  void whoLetsAdvertsInIsWell() {
    assertThat(nft("drop", "\t\tip protocol { icmp, vrrp } accept\n").level()).isEqualTo(Level.OK);
    assertThat(nft("accept", "\t\ttcp dport 112 drop\n").level()).isEqualTo(Level.OK);
    assertThat(iptables("-A INPUT -i eth0 -p 112 -j ACCEPT").level()).isEqualTo(Level.OK);
    assertThat(one(Optional.of(""), Optional.empty()).level()).isEqualTo(Level.OK);
  }

  private static Finding nft(String policy, String rules) {
    String table =
        """
        table inet filter {
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
            .formatted(policy, rules);
    return one(Optional.of(table), Optional.empty());
  }

  private static Finding iptables(String rule) {
    String saved = "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n" + rule + "\nCOMMIT\n";
    return one(Optional.empty(), Optional.of(saved));
  }

  private static Finding one(Optional<String> nft, Optional<String> iptables) {
    assertThat(Firewall.examine(nft, iptables)).hasSize(1);
    return Firewall.examine(nft, iptables).getFirst();
  }
}
