package io.keepstream.node.doctor;

import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.node.doctor.Needs.RealServer;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the kernel can balance as virtual servers ask. */
final class BalancingRules {
  private static final int STRICT = 1;

  private final Needs needs;
  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  private BalancingRules(Needs needs, Facts facts) {
    this.needs = needs;
    this.facts = facts;
  }

  static List<Finding> examine(Needs needs, Facts facts) {
    BalancingRules rules = new BalancingRules(needs, facts);
    if (needs.balances()) {
      rules.dataplane();
      rules.forwarding();
      rules.ownRealServers();
      rules.reversePath();
    }
    return rules.findings;
  }

  private void dataplane() {
    if (needs.dataplane().chosen().equals(Optional.of(Dataplane.NFTABLES))) {
      return;
    }
    findings.add(
        facts.ipvs()
            ? Finding.ok("ip_vs", "the kernel has it")
            : needs
                .dataplane()
                .refusal()
                .map(BalancingRules::withoutIpvs)
                .orElseGet(
                    () ->
                        Finding.ok(
                            "ip_vs",
                            "the kernel does not have it; nftables balances in its place")));
  }

  private static Finding withoutIpvs(String refusal) {
    return Finding.fail(
        "ip_vs",
        "the kernel does not have it, and nftables does not stand in: " + refusal,
        "modprobe ip_vs");
  }

  private void forwarding() {
    for (boolean ipv6 : List.of(false, true)) {
      boolean masquerades =
          needs.realServers().stream()
              .filter(each -> each.method() == ForwardingMethod.MASQUERADE)
              .anyMatch(each -> each.address() instanceof Inet6Address == ipv6);
      if (masquerades) {
        String key = ipv6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
        findings.add(
            value(key) == 1
                ? Finding.ok(key, "packets for NAT are forwarded")
                : Finding.fail(
                    key, "is 0, but NAT forwards packets", "sysctl -w %s=1".formatted(key)));
      }
    }
  }

  /** A director that is its own real server must not answer ARP for the address as BACKUP. */
  private void ownRealServers() {
    Set<?> own =
        facts.interfaces().values().stream()
            .flatMap(each -> each.addresses().stream())
            .collect(Collectors.toSet());
    boolean shared =
        needs.realServers().stream()
            .filter(each -> each.method() == ForwardingMethod.DIRECT_ROUTE)
            .map(RealServer::address)
            .anyMatch(own::contains);
    if (shared) {
      atLeast("net.ipv4.conf.all.arp_ignore", 1);
      atLeast("net.ipv4.conf.all.arp_announce", 2);
    }
  }

  private void atLeast(String key, int least) {
    findings.add(
        value(key) >= least
            ? Finding.ok(key, "is %d".formatted(value(key)))
            : Finding.warn(
                key,
                "is %d, but this node is a real server by DR, and must not answer for an address"
                        .formatted(value(key))
                    + " that another node has",
                "sysctl -w %s=%d".formatted(key, least)));
  }

  private void reversePath() {
    boolean returnsElsewhere =
        needs.forwards(ForwardingMethod.DIRECT_ROUTE) || needs.forwards(ForwardingMethod.TUNNEL);
    String key = "net.ipv4.conf.all.rp_filter";
    if (returnsElsewhere && value(key) == STRICT) {
      findings.add(
          Finding.warn(
              key,
              "is 1: packets that come another way than answers to them would go are dropped",
              "sysctl -w %s=2".formatted(key)));
    } else if (returnsElsewhere) {
      findings.add(Finding.ok(key, "is %d".formatted(value(key))));
    }
  }

  private int value(String key) {
    return facts.sysctls().getOrDefault(key, 0);
  }
}
