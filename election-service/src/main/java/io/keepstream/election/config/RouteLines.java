package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.anywhere;
import static io.keepstream.config.vocabulary.Params.either;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.nameOrInteger;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.prefix;
import static io.keepstream.config.vocabulary.Params.refersBackTo;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.NOT_YET;
import static io.keepstream.config.vocabulary.Status.accepted;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Fit;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Param;
import io.keepstream.config.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;

/** The lines that hold a route, in the words of {@code ip route}. */
final class RouteLines {
  private static final Param DESTINATION =
      either(prefix(), "default", "any", "all")
          .also("default6", Fit.doubtful("is going out of use; write inet6 default"));
  private static final List<String> TYPES =
      List.of(
          "unicast",
          "local",
          "broadcast",
          "brd",
          "anycast",
          "multicast",
          "throw",
          "unreachable",
          "prohibit",
          "blackhole");
  private static final List<String> UNUSED_TYPES = List.of("nat", "xresolve");
  private static final Status UNUSED_TYPE = accepted("no kernel of today has such routes");

  private static final Param TIME =
      matching("time in s, sec, secs, ms or bare", "[0-9]+(\\.[0-9]+)?(s|sec|secs|ms)?");
  private static final Keyword ENCAP =
      word("encap", NOT_YET)
          .with(
              new Arguments.Choice(
                  List.of(
                      encapsulation("ip", "tos", "ttl"),
                      encapsulation("ip6", "tc", "hoplimit"),
                      word("mpls", NOT_YET, text("label[/label]")).means("MPLS labels"),
                      word("ila", NOT_YET, text("locator")).means("ILA locator")),
                  List.of(oneOf("ip", "ip6", "mpls", "ila"))))
          .many()
          .means("Light-weight tunnel");
  private static final Keyword REALMS =
      word("realms", NOT_YET, text("[from/]to")).means("Routing realms");

  /** Lines of {@code virtual_routes}. */
  static final Arguments VIRTUAL = line(List.of());

  /** Lines of {@code static_routes}. */
  static final Arguments STATIC =
      line(
          List.of(
              word("track_group", ACTS, refersBackTo("track_group"))
                  .means("Instances of the group fault when the route is lost")));

  private RouteLines() {}

  private static Arguments line(List<Keyword> more) {
    List<Keyword> words = new ArrayList<>(more);
    TYPES.forEach(type -> words.add(word(type, ACTS).means("Route type")));
    UNUSED_TYPES.forEach(type -> words.add(word(type, UNUSED_TYPE).means("Route type")));
    words.addAll(placing());
    words.addAll(metrics());
    words.add(nexthop());
    return new Arguments.Plain(List.of(anywhere(DESTINATION)), words);
  }

  private static List<Keyword> placing() {
    return List.of(
        word("to", ACTS).means("Optional word before the destination"),
        word("inet", ACTS).means("Force IPv4"),
        word("inet6", ACTS).means("Force IPv6"),
        word("src", ACTS, ip()).means("Preferred source address"),
        word("via", ACTS, optional(oneOf("inet", "inet6")), ip()).means("Gateway"),
        word("gw", ACTS, ip()).deprecated("via").means("DEPRECATED alias of via"),
        word("or", NOT_YET, ip())
            .deprecated("nexthop")
            .means("DEPRECATED second gateway, use nexthop"),
        word("as", accepted("keepalived ignores it too"), optional(oneOf("to")), ip())
            .means("Recognised but ignored"),
        word("from", ACTS, prefix()).means("Source prefix selector"),
        word("dev", ACTS, interfaceName()).means("Outgoing interface"),
        word("oif", ACTS, interfaceName()).means("Alias of dev"),
        word("table", ACTS, nameOrInteger("table")).means("Routing table"),
        word("metric", ACTS, integer(0, UNSIGNED)).means("Route metric"),
        word("priority", ACTS, integer(0, UNSIGNED)).means("Alias of metric"),
        word("preference", ACTS, integer(0, UNSIGNED)).means("Alias of metric"),
        word("scope", ACTS, nameOrInteger("scope")).means("Route scope"),
        word("protocol", ACTS, nameOrInteger("protocol")).means("Origin protocol"),
        word("tos", ACTS, nameOrInteger("type of service")).means("Type of service"),
        word("dsfield", ACTS, nameOrInteger("type of service")).means("Alias of tos"),
        word("onlink", ACTS).means("Gateway is on link although no route says so"),
        word("vrf", NOT_YET, interfaceName()).means("Use the table of this VRF"),
        word("pref", NOT_YET, either(integer(0, 3), "low", "medium", "high"))
            .means("Router preference"),
        word("expires", NOT_YET, integer(0, UNSIGNED)).means("Lifetime"),
        word("ttl-propagate", NOT_YET, oneOf("enabled", "disabled")).means("MPLS TTL propagation"),
        word("add", ACTS).means("Fail when an equal route exists"),
        word("prepend", ACTS).means("Insert before equal routes"),
        word("append", ACTS).means("Insert after equal routes"),
        word("no_track", ACTS).means("Do not react when someone removes the route"),
        REALMS,
        ENCAP);
  }

  private static List<Keyword> metrics() {
    return List.of(
        word("mtu", ACTS, optional(oneOf("lock")), integer(0, UNSIGNED)).means("Path MTU"),
        word("hoplimit", ACTS, integer(0, 255)).means("Hop limit"),
        word("advmss", ACTS, optional(oneOf("lock")), integer(0, UNSIGNED)).means("Advertised MSS"),
        word("rtt", ACTS, optional(oneOf("lock")), TIME).means("Initial round trip time"),
        word("rttvar", ACTS, optional(oneOf("lock")), TIME).means("Initial RTT variance"),
        word("rto_min", ACTS, optional(oneOf("lock")), TIME).means("Minimum retransmit time"),
        word("reordering", ACTS, optional(oneOf("lock")), integer(0, UNSIGNED))
            .means("Reordering metric"),
        word("window", ACTS, integer(0, UNSIGNED)).means("TCP window clamp"),
        word("cwnd", ACTS, optional(oneOf("lock")), integer(0, UNSIGNED))
            .means("Congestion window clamp"),
        word("ssthresh", ACTS, optional(oneOf("lock")), integer(0, UNSIGNED))
            .means("Slow start threshold"),
        word("initcwnd", ACTS, integer(0, UNSIGNED)).means("Initial congestion window"),
        word("initrwnd", ACTS, integer(0, UNSIGNED)).means("Initial receive window"),
        word("features", ACTS, oneOf("ecn")).means("Route features"),
        word("quickack", ACTS, oneOf("0", "1")).means("TCP quick ACK"),
        word("congctl", NOT_YET, optional(oneOf("lock")), text("name"))
            .means("Congestion control algorithm"),
        word("fastopen_no_cookie", ACTS, oneOf("0", "1")).means("TCP fast open without cookie"));
  }

  private static Keyword nexthop() {
    return word("nexthop", ACTS)
        .options(
            List.of(
                word("via", ACTS, optional(oneOf("inet", "inet6")), ip()).means("Gateway"),
                word("dev", ACTS, interfaceName()).means("Outgoing interface"),
                word("weight", ACTS, integer(1, 256)).means("Share of the traffic"),
                word("onlink", ACTS).means("Gateway is on link although no route says so"),
                ENCAP,
                REALMS))
        .many()
        .means("Multipath next hop; repeated at the end of the line");
  }

  private static Keyword encapsulation(String word, String service, String hops) {
    return word(word, NOT_YET)
        .options(
            List.of(
                word("id", NOT_YET, text("number")).means("Tunnel key"),
                word("dst", NOT_YET, ip()).means("Tunnel destination"),
                word("src", NOT_YET, ip()).means("Tunnel source"),
                word(service, NOT_YET, nameOrInteger("type of service")).means("Type of service"),
                word(hops, NOT_YET, integer(0, 255)).means("Hop limit"),
                word("flags", NOT_YET, text("number")).means("Tunnel flags")))
        .means("IP tunnel");
  }
}
