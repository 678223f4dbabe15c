package io.keepstream.testkit.witness;

import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import io.keepstream.testkit.witness.Sighting.NeighborAdvertisement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One line of {@code tshark -T fields} with {@link #FIELDS}. */
final class TsharkLine {
  static final List<String> FIELDS =
      List.of(
          "frame.time_epoch",
          "eth.src",
          "ip.src",
          "ip.dst",
          "ip.ttl",
          "ipv6.src",
          "ipv6.dst",
          "ipv6.hlim",
          "vrrp.version",
          "vrrp.virt_rtr_id",
          "vrrp.prio",
          "vrrp.adver_int",
          "vrrp.short_adver_int",
          "vrrp.checksum.status",
          "vrrp.ip_addr",
          "vrrp.ipv6_addr",
          "arp.opcode",
          "arp.src.hw_mac",
          "arp.src.proto_ipv4",
          "arp.dst.proto_ipv4",
          "icmpv6.nd.na.target_address",
          "icmpv6.nd.na.flag.r",
          "icmpv6.nd.na.flag.s",
          "icmpv6.nd.na.flag.o");

  private static final Pattern DATA = Pattern.compile("^\\d+\\.\\d+\t");
  private static final String CHECKSUM_GOOD = "1";

  private final Map<String, String> values = new HashMap<>();

  private TsharkLine(String line) {
    String[] cells = line.split("\t", -1);
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        values.put(FIELDS.get(i), cells[i]);
      }
    }
  }

  /** What the line shows; empty for tshark's own messages and for other frames. */
  static Optional<Sighting> parse(String line) {
    if (!DATA.matcher(line).find()) {
      return Optional.empty();
    }
    TsharkLine fields = new TsharkLine(line);
    if (fields.has("vrrp.version")) {
      return Optional.of(fields.advert());
    }
    if (fields.has("arp.opcode")) {
      return Optional.of(fields.arp());
    }
    if (fields.has("icmpv6.nd.na.target_address")) {
      return Optional.of(fields.neighborAdvertisement());
    }
    return Optional.empty();
  }

  private Advert advert() {
    return new Advert(
        at(),
        text("eth.src"),
        either("ip.src", "ipv6.src"),
        either("ip.dst", "ipv6.dst"),
        Integer.parseInt(either("ip.ttl", "ipv6.hlim")),
        number("vrrp.version"),
        number("vrrp.virt_rtr_id"),
        number("vrrp.prio"),
        has("vrrp.adver_int") ? 100 * number("vrrp.adver_int") : number("vrrp.short_adver_int"),
        text("vrrp.checksum.status").equals(CHECKSUM_GOOD),
        Stream.of(either("vrrp.ip_addr", "vrrp.ipv6_addr").split(",", -1))
            .filter(address -> !address.isEmpty())
            .toList());
  }

  private Arp arp() {
    return new Arp(
        at(),
        text("eth.src"),
        number("arp.opcode"),
        text("arp.src.hw_mac"),
        text("arp.src.proto_ipv4"),
        text("arp.dst.proto_ipv4"));
  }

  private NeighborAdvertisement neighborAdvertisement() {
    return new NeighborAdvertisement(
        at(),
        text("eth.src"),
        text("ipv6.src"),
        text("icmpv6.nd.na.target_address"),
        text("icmpv6.nd.na.flag.r").equals("1"),
        text("icmpv6.nd.na.flag.s").equals("1"),
        text("icmpv6.nd.na.flag.o").equals("1"));
  }

  private Instant at() {
    BigDecimal seconds = new BigDecimal(text("frame.time_epoch"));
    return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValue());
  }

  private boolean has(String field) {
    return values.containsKey(field);
  }

  private String text(String field) {
    return values.getOrDefault(field, "");
  }

  private String either(String field, String other) {
    return has(field) ? text(field) : text(other);
  }

  private int number(String field) {
    return Integer.decode(text(field));
  }
}
