package io.keepstream.node.doctor;

import io.keepstream.node.doctor.Facts.Heard;
import io.keepstream.node.doctor.Needs.Router;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether adverts get in, and whether somebody else uses a VRID. */
final class WireRules {
  private static final int LAST_VRID = 255;

  private WireRules() {}

  static List<Finding> examine(Needs needs, Facts facts) {
    if (!needs.elects()) {
      return List.of();
    }
    List<Finding> findings =
        new ArrayList<>(Firewall.examine(needs.routers(), facts.nftables(), facts.iptables()));
    facts
        .heard()
        .ifPresent(
            heard ->
                needs.routers().forEach(each -> findings.add(vrid(each, needs.routers(), heard))));
    return findings;
  }

  private static Finding vrid(Router router, List<Router> all, List<Heard> heard) {
    String subject =
        "VRID %d of %s on %s"
            .formatted(router.vrid(), router.instance(), router.networkInterface());
    List<Heard> same =
        heard.stream()
            .filter(each -> each.vrid() == router.vrid() && isBeside(each, router))
            .toList();
    Optional<Heard> stranger =
        same.stream().filter(each -> !each.addresses().equals(router.addresses())).findFirst();
    if (stranger.isPresent()) {
      return Finding.fail(
          subject,
          "%s uses it for %s"
              .formatted(
                  stranger.get().sender().getHostAddress(), words(stranger.get().addresses())),
          "give %s another virtual_router_id, as %d"
              .formatted(router.instance(), free(router, all, heard)));
    }
    return Finding.ok(
        subject,
        same.isEmpty()
            ? "nobody else was heard"
            : "shared with %s, priority %d"
                .formatted(same.getFirst().sender().getHostAddress(), same.getFirst().priority()));
  }

  private static boolean isBeside(Heard heard, Router router) {
    return heard.networkInterface().equals(router.networkInterface())
        && heard.sender() instanceof Inet6Address == router.ipv6();
  }

  private static int free(Router router, List<Router> all, List<Heard> heard) {
    return IntStream.rangeClosed(1, LAST_VRID)
        .filter(vrid -> all.stream().noneMatch(each -> each.vrid() == vrid))
        .filter(vrid -> heard.stream().noneMatch(each -> each.vrid() == vrid))
        .findFirst()
        .orElse(router.vrid());
  }

  private static String words(Set<InetAddress> addresses) {
    return addresses.stream()
        .map(InetAddress::getHostAddress)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
