package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.NfConnection;
import io.keepstream.linux.nft.NfConnection.Tuple;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Numbered;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which services and real servers the connections that conntrack knows are of. */
public final class Flows {
  private static final Connections NONE = new Connections(0, 0, 0);

  private Flows() {}

  /** A real server in a service. */
  record Place(ServiceKey service, DestinationKey server) {}

  /** How many connections each real server of {@code table} has. */
  static Map<Place, Connections> open(ServiceTable table, Collection<NfConnection> connections) {
    Map<Place, Connections> open = new HashMap<>();
    for (NfConnection each : connections) {
      Connections one = each.established() ? new Connections(1, 0, 0) : new Connections(0, 1, 0);
      place(table, each).ifPresent(place -> open.merge(place, one, Connections::plus));
    }
    return open;
  }

  /** How many of {@code open} a real server has. */
  static Connections of(Map<Place, Connections> open, ServiceKey service, DestinationKey server) {
    return open.getOrDefault(new Place(service, server), NONE);
  }

  /**
   * Those whose protocol has no connections and whose real server is in {@code before} and no more
   * in {@code after}: they would go on to it for as long as the client keeps sending.
   */
  public static List<NfConnection> stranded(
      ServiceTable before, ServiceTable after, Collection<NfConnection> connections) {
    return connections.stream()
        .filter(each -> each.original().protocol() == Protocol.UDP.number())
        .filter(each -> place(before, each).isPresent() && place(after, each).isEmpty())
        .toList();
  }

  private static Optional<Place> place(ServiceTable table, NfConnection connection) {
    Tuple reply = connection.reply();
    return services(connection)
        .filter(table.entries()::containsKey)
        .flatMap(
            service ->
                Stream.of(reply.sourcePort(), 0)
                    .map(port -> new DestinationKey(reply.source(), port))
                    .filter(table.entries().get(service).destinations()::containsKey)
                    .map(server -> new Place(service, server)))
        .findFirst();
  }

  /** Those that it may be of, in the order in which packets look for theirs. */
  private static Stream<ServiceKey> services(NfConnection connection) {
    Tuple original = connection.original();
    Stream<ServiceKey> byMark =
        connection.mark() == 0
            ? Stream.empty()
            : Stream.of(
                new ServiceKey.FirewallMark(Family.of(original.destination()), connection.mark()));
    Stream<ServiceKey> byAddress =
        Numbered.of(Protocol.values(), original.protocol()).stream()
            .flatMap(
                protocol ->
                    Stream.of(original.destinationPort(), 0)
                        .map(
                            port ->
                                new ServiceKey.Address(protocol, original.destination(), port)));
    return Stream.concat(byMark, byAddress);
  }
}
