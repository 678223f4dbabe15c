package io.keepstream.node.doctor;

import io.keepstream.node.doctor.Facts.Interface;
import io.keepstream.node.doctor.Needs.Router;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether each instance's interface can carry its adverts. */
final class LinkRules {
  private static final String BIND = "net.ipv4.ip_nonlocal_bind";
  private static final String BIND_6 = "net.ipv6.ip_nonlocal_bind";

  private LinkRules() {}

  static List<Finding> examine(Needs needs, Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Router router : needs.routers()) {
      findings.add(link(router, facts));
    }
    if (needs.elects() && !needs.balances()) {
      findings.add(binding(needs, facts));
    }
    return findings;
  }

  private static Finding link(Router router, Facts facts) {
    String name = router.networkInterface();
    String subject = "interface %s of %s".formatted(name, router.instance());
    Interface link = facts.interfaces().get(name);
    if (link == null) {
      return Finding.fail(
          subject,
          "does not exist; there are: "
              + String.join(", ", new TreeSet<>(facts.interfaces().keySet())),
          "ip -brief link");
    }
    if (!link.up()) {
      return Finding.fail(subject, "is down", "ip link set %s up".formatted(name));
    }
    if (!link.carrier()) {
      return Finding.fail(subject, "has no carrier", "ethtool " + name);
    }
    if (router.multicast() && !link.multicast()) {
      return Finding.fail(
          subject, "takes no multicast", "ip link set %s multicast on".formatted(name));
    }
    if (link.mtu() < router.advertBytes()) {
      return Finding.fail(
          subject,
          "has an MTU of %d bytes, an advert %d".formatted(link.mtu(), router.advertBytes()),
          "ip link set %s mtu %d".formatted(name, router.advertBytes()));
    }
    boolean sends =
        link.addresses().stream()
            .anyMatch(address -> address instanceof Inet6Address == router.ipv6());
    return sends
        ? Finding.ok(subject, "is up, MTU %d bytes".formatted(link.mtu()))
        : Finding.fail(
            subject,
            "has no %s address to send from".formatted(router.ipv6() ? "IPv6" : "IPv4"),
            "ip address add ADDRESS/LENGTH dev " + name);
  }

  /** Whoever serves the address itself may want to bind to it before it is there. */
  private static Finding binding(Needs needs, Facts facts) {
    boolean ipv6 = needs.routers().stream().allMatch(Router::ipv6);
    String key = ipv6 ? BIND_6 : BIND;
    return facts.sysctls().getOrDefault(key, 0) != 0
        ? Finding.ok(key, "programs can bind to virtual addresses at any time")
        : Finding.warn(
            key,
            "a program that binds to a virtual address cannot start while this node is BACKUP",
            "sysctl -w %s=1".formatted(key));
  }
}
