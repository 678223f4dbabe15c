package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.Addresses;
import java.net.Inet6Address;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether the addresses around an instance's adverts are all of its family. With another one nobody
 * would believe the adverts, and every node would be MASTER.
 */
final class FamilyCheck {
  private static final List<String> WORDS =
      List.of("mcast_src_ip", "unicast_src_ip", "mcast_dst_ip");

  private FamilyCheck() {}

  /** Reports every address of {@code instance} that is not of the instance's family. */
  static void check(Section instance, boolean ipv6, Consumer<Diagnostic> problems) {
    for (String word : WORDS) {
      instance
          .last(word)
          .filter(line -> !line.arguments().isEmpty())
          .ifPresent(line -> check(word, line.arguments().getFirst(), ipv6, problems));
    }
    for (Statement line : instance.lines("unicast_peer")) {
      check("unicast_peer", line.keyword(), ipv6, problems);
    }
  }

  private static void check(
      String what, Word address, boolean ipv6, Consumer<Diagnostic> problems) {
    Addresses.ip(address.text())
        .filter(found -> found instanceof Inet6Address != ipv6)
        .ifPresent(
            found ->
                problems.accept(
                    Diagnostic.error(
                        address.position(),
                        "%s %s is not an %s address, but the instance speaks %s"
                            .formatted(what, address.text(), family(ipv6), family(ipv6)))));
  }

  private static String family(boolean ipv6) {
    return ipv6 ? "IPv6" : "IPv4";
  }
}
