package io.keepstream.node.doctor;

import io.keepstream.node.doctor.Needs.Router;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code nft list ruleset} and {@code iptables-save} print for what would drop adverts
 * (IP protocol 112) of the family that a router has. It does not follow jumps: an accepting rule
 * anywhere in the table counts.
 */
final class Firewall {
  private static final String VRRP = "\\b(vrrp|112)\\b";
  private static final Pattern TABLE = Pattern.compile("^table ((\\S+) \\S+) \\{");
  private static final Pattern CHAIN = Pattern.compile("^\\s+chain (\\S+) \\{");
  private static final Pattern INPUT = Pattern.compile("hook input .*?policy (\\w+)");
  private static final Pattern NFT_VRRP =
      Pattern.compile("(ip protocol|meta l4proto|ip6 nexthdr) .*?" + VRRP);
  private static final Pattern DROPS_ALL =
      Pattern.compile("^\\s*(counter( packets \\d+ bytes \\d+)? )?(drop|reject\\b.*)$");
  private static final Pattern DROPS = Pattern.compile("\\b(drop|reject)\\b");
  private static final Pattern ACCEPTS = Pattern.compile("\\b(accept|jump|goto)\\b");
  private static final Pattern IPTABLES_DROPS_ALL =
      Pattern.compile(
          "^(:INPUT DROP|-A INPUT (-m comment --comment (\"[^\"]*\"|\\S+) )?-j (DROP|REJECT)\\b)");
  private static final Pattern IPTABLES_VRRP = Pattern.compile("^-A \\S+ .*-p " + VRRP);
  private static final Pattern IPTABLES_DROPS = Pattern.compile("-j (DROP|REJECT)");

  private Firewall() {}

  /** What the rules of whichever program is there mean for adverts of {@code routers}. */
  static List<Finding> examine(
      List<Router> routers, Optional<String> nftables, Optional<String> iptables) {
    List<Finding> findings = new ArrayList<>();
    nftables.ifPresent(rules -> findings.addAll(nftables(rules, strange(routers))));
    boolean ipv4 = routers.stream().anyMatch(router -> !router.ipv6());
    Optional<String> iptablesOfIpv4 = iptables.filter(rules -> ipv4);
    if (findings.isEmpty()) {
      iptablesOfIpv4.flatMap(Firewall::iptables).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      boolean seen = nftables.isPresent() || iptablesOfIpv4.isPresent();
      findings.add(
          seen
              ? Finding.ok("firewall", "lets adverts in")
              : Finding.warn(
                  "firewall", "neither nft nor iptables-save can say", "apt-get install nftables"));
    }
    return findings;
  }

  /** The families of tables that see no advert of {@code routers}. */
  private static Set<String> strange(List<Router> routers) {
    Set<String> families = new HashSet<>(Set.of("arp", "ip", "ip6"));
    routers.forEach(router -> families.remove(router.ipv6() ? "ip6" : "ip"));
    return families;
  }

  /** A base chain of the hook input with what it does, and the table around it. */
  private record Chain(String table, String name, boolean dropsRest, boolean dropsVrrp) {
    String mend() {
      return "nft insert rule %s %s meta l4proto vrrp accept".formatted(table, name);
    }
  }

  private static List<Finding> nftables(String rules, Set<String> strange) {
    List<Finding> findings = new ArrayList<>();
    for (String text : rules.split("(?m)^(?=table )", -1)) {
      Matcher head = TABLE.matcher(text);
      if (!head.find() || strange.contains(head.group(2))) {
        continue;
      }
      boolean accepts =
          text.lines()
              .anyMatch(line -> NFT_VRRP.matcher(line).find() && ACCEPTS.matcher(line).find());
      for (Chain chain : inputs(head.group(1), text)) {
        String subject = "firewall, nft table %s chain %s".formatted(chain.table(), chain.name());
        if (chain.dropsVrrp()) {
          findings.add(Finding.fail(subject, "drops adverts", chain.mend()));
        } else if (chain.dropsRest() && !accepts) {
          findings.add(
              Finding.warn(
                  subject, "drops what no rule accepts, and none names adverts", chain.mend()));
        }
      }
    }
    return findings;
  }

  private static List<Chain> inputs(String name, String table) {
    List<Chain> chains = new ArrayList<>();
    for (String text : table.split("(?m)^(?=\\s+chain )", -1)) {
      Matcher chain = CHAIN.matcher(text);
      Matcher input = INPUT.matcher(text);
      if (chain.find() && input.find()) {
        chains.add(
            new Chain(
                name,
                chain.group(1),
                input.group(1).equals("drop") || text.lines().anyMatch(DROPS_ALL.asPredicate()),
                drops(text, NFT_VRRP, DROPS)));
      }
    }
    return chains;
  }

  /** The first rule that names adverts decides about them. */
  private static boolean drops(String rules, Pattern vrrp, Pattern drops) {
    return rules
        .lines()
        .filter(vrrp.asPredicate())
        .findFirst()
        .filter(drops.asPredicate())
        .isPresent();
  }

  private static Optional<Finding> iptables(String rules) {
    String mend = "iptables -I INPUT -p vrrp -j ACCEPT";
    if (drops(rules, IPTABLES_VRRP, IPTABLES_DROPS)) {
      return Optional.of(Finding.fail("firewall, iptables INPUT", "drops adverts", mend));
    }
    return rules.lines().noneMatch(IPTABLES_VRRP.asPredicate())
            && rules.lines().anyMatch(IPTABLES_DROPS_ALL.asPredicate())
        ? Optional.of(
            Finding.warn(
                "firewall, iptables INPUT",
                "drops what no rule accepts, and none names adverts",
                mend))
        : Optional.empty();
  }
}
