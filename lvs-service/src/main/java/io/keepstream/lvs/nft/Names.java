package io.keepstream.lvs.nft;

import io.keepstream.contract.value.AddressText;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ServiceKey;
import java.net.InetAddress;
import java.util.Locale;

/** What chains, sets and counters of services and real servers are called. */
final class Names {
  private static final char SERVER = '/';

  private Names() {}

  /** As {@code tcp-10.0.0.1-80} or {@code mark-7-ipv4}. */
  static String of(ServiceKey service) {
    String name =
        switch (service) {
          case ServiceKey.Address(var protocol, var address, var port) ->
              "%s-%s-%d".formatted(protocol, text(address), port);
          case ServiceKey.FirewallMark(Family family, long mark) ->
              "mark-%d-%s".formatted(mark, family);
        };
    return name.toLowerCase(Locale.ROOT);
  }

  /** As {@code tcp-10.0.0.1-80/10.1.0.1-8080}. */
  static String of(ServiceKey service, DestinationKey server) {
    return "%s%c%s-%d".formatted(of(service), SERVER, text(server.address()), server.port());
  }

  /** The name of the service to which a name belongs. */
  static String service(String name) {
    int end = name.indexOf(SERVER);
    return end < 0 ? name : name.substring(0, end);
  }

  static boolean isOfServer(String name) {
    return name.indexOf(SERVER) >= 0;
  }

  /** The nft program does not take colons in names. */
  private static String text(InetAddress address) {
    return AddressText.of(address).replace(':', '_');
  }
}
