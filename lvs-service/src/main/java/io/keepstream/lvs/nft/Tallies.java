package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.NfConnection;
import io.keepstream.linux.nft.Octets;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.Load.OfDestination;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.nft.Flows.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the ruleset has counted.
 *
 * @param connections by counter
 * @param packets by the name of the set and the key in it
 * @param nanos when it was read
 */
public record Tallies(
    Map<String, Long> connections, Map<String, Map<Octets, Amount>> packets, long nanos) {
  private static final double SECOND_NANOS = 1e9;
  private static final Amount NOTHING = new Amount(0, 0);

  public Tallies {
    connections = Map.copyOf(connections);
    packets = Map.copyOf(packets);
  }

  /** Packets, and bytes with their IP headers. */
  public record Amount(long packets, long bytes) {}

  /**
   * What passes through the services of {@code table}; per second since {@code before}. Connections
   * are as {@code conntrack} knows them, if it could be asked.
   *
   * <p>Two real servers of one address in a service without a port are counted as one, and both
   * show the sum.
   */
  public Map<ServiceKey, Load> loads(
      ServiceTable table, Tallies before, Optional<? extends Collection<NfConnection>> conntrack) {
    Optional<Map<Place, Connections>> open = conntrack.map(known -> Flows.open(table, known));
    Map<ServiceKey, Load> loads = new HashMap<>();
    table
        .entries()
        .forEach(
            (service, entry) -> {
              Map<DestinationKey, OfDestination> destinations = new HashMap<>();
              Traffic sum = Traffic.NONE;
              for (DestinationKey server : entry.destinations().keySet()) {
                Traffic traffic = traffic(service, server, before);
                destinations.put(
                    server,
                    new OfDestination(
                        open.map(counted -> Flows.of(counted, service, server)), traffic));
                sum = sum.plus(traffic);
              }
              loads.put(service, new Load(sum, destinations));
            });
    return loads;
  }

  private Traffic traffic(ServiceKey service, DestinationKey server, Tallies before) {
    Counters now = counters(service, server);
    Counters then = before.counters(service, server);
    double seconds = (nanos - before.nanos) / SECOND_NANOS;
    Counters perSecond =
        new Counters(
            rate(now.connections(), then.connections(), seconds),
            rate(now.packetsIn(), then.packetsIn(), seconds),
            rate(now.packetsOut(), then.packetsOut(), seconds),
            rate(now.bytesIn(), then.bytesIn(), seconds),
            rate(now.bytesOut(), then.bytesOut(), seconds));
    return new Traffic(now, perSecond);
  }

  /** Something that was set anew meanwhile has no rate yet. */
  private static long rate(long now, long before, double seconds) {
    return seconds > 0 && now >= before ? Math.round((now - before) / seconds) : 0;
  }

  private Counters counters(ServiceKey service, DestinationKey server) {
    Way way = Way.to(service);
    Octets key = Way.key(service, server);
    Amount in = packets.getOrDefault(way.received().name(), Map.of()).getOrDefault(key, NOTHING);
    Amount out = packets.getOrDefault(way.sent().name(), Map.of()).getOrDefault(key, NOTHING);
    return new Counters(
        connections.getOrDefault(Names.of(service, server), 0L),
        in.packets(),
        out.packets(),
        in.bytes(),
        out.bytes());
  }
}
