package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import java.net.Inet6Address;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Which addresses adverts can and must list. */
final class AdvertisedAddresses {
  private static final String WORD = "virtual_ipaddress";
  private static final int MOST = 255;

  /** Ethernet's 1500 bytes less IPv6 and VRRP headers hold so many addresses of 16 bytes. */
  private static final int MOST_IPV6 = 90;

  private AdvertisedAddresses() {}

  /**
   * Takes those off the end of {@code advertised} that do not fit into one advert; they are set,
   * but not advertised, as in keepalived.
   */
  static List<VirtualAddress> tooMany(
      Section block, boolean ipv6, List<VirtualAddress> advertised, Consumer<Diagnostic> problems) {
    int most = ipv6 ? MOST_IPV6 : MOST;
    if (advertised.size() > most) {
      problems.accept(
          Diagnostic.warning(
              position(block),
              "only %d of %d addresses fit into an advert; the others are set but not advertised"
                  .formatted(most, advertised.size())));
    }
    Deque<VirtualAddress> others = new ArrayDeque<>();
    while (advertised.size() > most) {
      others.addFirst(advertised.removeLast());
    }
    return List.copyOf(others);
  }

  /**
   * Version 3 does not believe an advert without addresses (RFC 9568 section 5.2.5): every node
   * would be MASTER. IPv6 lists a link-local one first (section 5.2.9).
   */
  static void check(
      Section block,
      boolean strict,
      int version,
      List<VirtualAddress> advertised,
      Consumer<Diagnostic> problems) {
    if (advertised.isEmpty()) {
      if ((version == 3 || strict) && !block.has("no_virtual_ipaddress")) {
        problems.accept(
            Diagnostic.error(
                block.position(),
                "vrrp_instance %s needs at least one address to advertise in %s"
                    .formatted(block.name(), WORD)));
      }
      return;
    }
    boolean multicastIpv6 = version == 3 && !block.has("unicast_peer");
    if (multicastIpv6 && isGlobalIpv6(advertised.getFirst())) {
      String message = "the first IPv6 address should be link-local, as in fe80::1/64";
      problems.accept(
          strict
              ? Diagnostic.error(position(block), message)
              : Diagnostic.warning(position(block), message));
    }
  }

  private static boolean isGlobalIpv6(VirtualAddress first) {
    return first.address() instanceof Inet6Address address && !address.isLinkLocalAddress();
  }

  private static Position position(Section block) {
    return block.last(WORD).map(Statement::position).orElse(block.position());
  }
}
