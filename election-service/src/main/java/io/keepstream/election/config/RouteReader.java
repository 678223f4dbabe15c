package io.keepstream.election.config;

import static io.keepstream.linux.wire.RouteConstants.RTPROT_KEEPALIVED;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Statement;
import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRoute.Hop;
import io.keepstream.linux.wire.IpRoute.Placing;
import io.keepstream.linux.wire.RouteConstants;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one line of {@code virtual_routes} or {@code static_routes}. */
final class RouteReader {
  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("unicast", RouteConstants.RTN_UNICAST),
          Map.entry("local", RouteConstants.RTN_LOCAL),
          Map.entry("broadcast", RouteConstants.RTN_BROADCAST),
          Map.entry("brd", RouteConstants.RTN_BROADCAST),
          Map.entry("anycast", RouteConstants.RTN_ANYCAST),
          Map.entry("multicast", RouteConstants.RTN_MULTICAST),
          Map.entry("throw", RouteConstants.RTN_THROW),
          Map.entry("unreachable", RouteConstants.RTN_UNREACHABLE),
          Map.entry("prohibit", RouteConstants.RTN_PROHIBIT),
          Map.entry("blackhole", RouteConstants.RTN_BLACKHOLE));
  private static final Map<String, Integer> METRICS =
      Map.ofEntries(
          Map.entry("mtu", RouteConstants.RTAX_MTU),
          Map.entry("window", RouteConstants.RTAX_WINDOW),
          Map.entry("rtt", RouteConstants.RTAX_RTT),
          Map.entry("rttvar", RouteConstants.RTAX_RTTVAR),
          Map.entry("ssthresh", RouteConstants.RTAX_SSTHRESH),
          Map.entry("cwnd", RouteConstants.RTAX_CWND),
          Map.entry("advmss", RouteConstants.RTAX_ADVMSS),
          Map.entry("reordering", RouteConstants.RTAX_REORDERING),
          Map.entry("hoplimit", RouteConstants.RTAX_HOPLIMIT),
          Map.entry("initcwnd", RouteConstants.RTAX_INITCWND),
          Map.entry("features", RouteConstants.RTAX_FEATURES),
          Map.entry("rto_min", RouteConstants.RTAX_RTO_MIN),
          Map.entry("initrwnd", RouteConstants.RTAX_INITRWND),
          Map.entry("quickack", RouteConstants.RTAX_QUICKACK),
          Map.entry("fastopen_no_cookie", RouteConstants.RTAX_FASTOPEN_NO_COOKIE));

  /** In what part of a millisecond the kernel counts, where that is not one. */
  private static final Map<String, Integer> PARTS_OF_MILLISECOND = Map.of("rtt", 8, "rttvar", 4);

  private static final Set<String> PASSED_OVER =
      Set.of(
          "encap",
          "vrf",
          "as",
          "or",
          "congctl",
          "realms",
          "pref",
          "expires",
          "ttl-propagate",
          "track_group");

  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([a-z]*)");
  private static final BigDecimal MILLIS_PER_SECOND = BigDecimal.valueOf(1000);

  private final LineWords words;
  private Boolean ipv6;
  private boolean all;
  private IpNetwork destination;
  private IpNetwork source;
  private InetAddress preferredSource;
  private int tos;
  private long table = RouteConstants.RT_TABLE_MAIN;
  private long metric;
  private int scope;
  private int type = RouteConstants.RTN_UNICAST;
  private int protocol = RTPROT_KEEPALIVED;
  private Placing placing = Placing.FIRST;
  private boolean tracked = true;
  private HopWords single = new HopWords();
  private final List<HopWords> several = new ArrayList<>();
  private final SortedMap<Integer, Long> metrics = new TreeMap<>();

  private RouteReader(LineWords words) {
    this.words = words;
  }

  /** What is said about one hop. */
  private static final class HopWords {
    private InetAddress gateway;
    private String networkInterface = "";
    private int weight = 1;
    private boolean onlink;

    boolean said() {
      return gateway != null || !networkInterface.isEmpty();
    }

    Hop hop() {
      return new Hop(Optional.ofNullable(gateway), 0, weight, onlink);
    }
  }

  /** Reads a line; empty, with an error, when it is no route. */
  static Optional<VirtualRoute> read(Statement line, Consumer<Diagnostic> problems) {
    return new RouteReader(new LineWords(line, problems)).read();
  }

  private Optional<VirtualRoute> read() {
    while (words.hasNext() && !words.failed()) {
      take(words.next());
    }
    if (!words.failed()) {
      check();
    }
    return words.failed() ? Optional.empty() : Optional.of(route());
  }

  private void take(String word) {
    switch (word) {
      case "to" -> {}
      case "inet" -> ipv6 = false;
      case "inet6" -> ipv6 = true;
      case "default", "any", "all" -> all = true;
      case "default6" -> {
        all = true;
        ipv6 = true;
      }
      case "via", "gw", "dev", "oif", "onlink" -> takeHop(single, word);
      case "nexthop" -> takeNextHop();
      case "src" -> preferredSource = words.address().orElse(null);
      case "from" -> {
        words.next();
        source = words.network().orElse(null);
      }
      case "table" -> table = Integer.toUnsignedLong(words.named(IprouteNames.TABLE));
      case "metric", "priority", "preference" -> metric = words.number();
      case "scope" -> scope = words.named(IprouteNames.SCOPE);
      case "protocol" -> protocol = words.named(IprouteNames.PROTOCOL);
      case "tos", "dsfield" -> tos = words.named(IprouteNames.TYPE_OF_SERVICE);
      case "add" -> placing = Placing.ALONE;
      case "append" -> placing = Placing.LAST;
      case "prepend" -> placing = Placing.FIRST;
      case "no_track" -> tracked = false;
      default -> takeOther(word);
    }
  }

  /** Some words are passed over; without others the route would lead packets astray. */
  private void passOver(String word) {
    switch (word) {
      case "encap", "vrf" -> words.error(word + " is not supported yet");
      case "as" -> {
        words.take("to");
        words.next();
      }
      case "congctl" -> {
        words.take("lock");
        words.next();
      }
      default -> words.next();
    }
  }

  private void takeOther(String word) {
    if (TYPES.containsKey(word)) {
      type = TYPES.get(word);
    } else if (METRICS.containsKey(word)) {
      takeMetric(word, METRICS.get(word));
    } else if (PASSED_OVER.contains(word)) {
      passOver(word);
    } else if (destination == null) {
      destination = words.network().orElse(null);
    }
  }

  private void takeHop(HopWords hop, String word) {
    switch (word) {
      case "dev", "oif" -> hop.networkInterface = words.next();
      case "onlink" -> hop.onlink = true;
      default -> {
        if (!words.take("inet")) {
          words.take("inet6");
        }
        hop.gateway = words.address().orElse(null);
      }
    }
  }

  private void takeNextHop() {
    HopWords hop = new HopWords();
    several.add(hop);
    boolean inside = true;
    while (inside) {
      if (words.take("via")) {
        takeHop(hop, "via");
      } else if (words.take("dev")) {
        takeHop(hop, "dev");
      } else if (words.take("onlink")) {
        hop.onlink = true;
      } else if (words.take("weight")) {
        hop.weight = (int) words.number();
      } else if (words.take("encap")) {
        passOver("encap");
      } else {
        inside = false;
      }
    }
  }

  private void takeMetric(String word, int number) {
    if (words.take("lock")) {
      metrics.merge(RouteConstants.RTAX_LOCK, 1L << number, (a, b) -> a | b);
    }
    if (word.equals("features")) {
      words.take("ecn");
      metrics.put(number, (long) RouteConstants.RTAX_FEATURE_ECN);
    } else if (word.startsWith("rt")) {
      metrics.put(number, time(words.next(), PARTS_OF_MILLISECOND.getOrDefault(word, 1)));
    } else {
      metrics.put(number, words.number());
    }
  }

  /** A bare number is in the unit of the kernel; what is none counts as 0. */
  private static long time(String text, int partsOfMillisecond) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return 0;
    }
    BigDecimal value = new BigDecimal(time.group(1));
    BigDecimal parts = BigDecimal.valueOf(partsOfMillisecond);
    return switch (time.group(2)) {
      case "" -> value.longValue();
      case "ms" -> value.multiply(parts).longValue();
      default -> value.multiply(MILLIS_PER_SECOND).multiply(parts).longValue();
    };
  }

  private void check() {
    boolean hasHop = single.said() || !several.isEmpty();
    if (destination == null && !all) {
      words.wholeError("a route needs a destination");
    } else if (type == RouteConstants.RTN_UNICAST && !hasHop) {
      words.wholeError("a route needs via, dev or nexthop, or a type such as blackhole");
    } else if (single.said() && !several.isEmpty()) {
      words.wholeError("a route has either via and dev, or nexthops");
    } else if (destination != null && ipv6 != null && destination.ipv6() != ipv6) {
      words.wholeError("%s is no %s destination".formatted(destination, ipv6 ? "IPv6" : "IPv4"));
    } else if (preferredSource != null && preferredSource instanceof Inet6Address != ipv6()) {
      words.wholeError("src is not of the family of the route");
    } else if (source != null && !ipv6()) {
      words.wholeError("only an IPv6 route has from");
    }
    if (protocol != RTPROT_KEEPALIVED && tracked) {
      words.warning("a route with a protocol of its own is not put back, as if by no_track");
      tracked = false;
    }
  }

  private boolean ipv6() {
    if (destination != null) {
      return destination.ipv6();
    }
    return ipv6 != null
        ? ipv6
        : single.gateway instanceof Inet6Address || preferredSource instanceof Inet6Address;
  }

  private VirtualRoute route() {
    List<HopWords> hops = several.isEmpty() && single.said() ? List.of(single) : several;
    IpNetwork to = destination == null ? IpNetwork.all(ipv6()) : destination;
    IpRoute route =
        new IpRoute(
            new IpRoute.Key(to, Optional.ofNullable(source), tos, table, metric),
            type,
            scope,
            protocol,
            Optional.ofNullable(preferredSource),
            hops.stream().map(HopWords::hop).toList(),
            metrics);
    List<String> interfaces = hops.stream().map(hop -> hop.networkInterface).toList();
    return new VirtualRoute(route, interfaces, placing, tracked, words.text());
  }
}
