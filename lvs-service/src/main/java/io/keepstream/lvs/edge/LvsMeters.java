package io.keepstream.lvs.edge;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.plan.ServerLoads;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is measured of virtual servers and real servers: connections, packets and bytes as counters
 * and per second, and the connections that are open. Used on one thread; read on any.
 */
final class LvsMeters {
  private static final Logger log = LoggerFactory.getLogger(LvsMeters.class);

  /** Of virtual servers; by direction where it has one. */
  static final String SERVICE = "keepstream.lvs.service.";

  /** Of real servers in a virtual server. */
  static final String DESTINATION = "keepstream.lvs.destination.";

  /** Each has a dozen meters, which take memory whether anybody reads them or not. */
  static final int MOST_DESTINATIONS = 1_000;

  private final MeterRegistry registry;
  private final Map<String, Series> services = new HashMap<>();
  private final Map<BackendRef, Series> destinations = new HashMap<>();
  private boolean crowded;

  LvsMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void take(ServerLoads loads) {
    forget(services, loads.services());
    forget(destinations, loads.backends());
    loads.services().forEach((name, traffic) -> service(name).load = of(traffic));
    loads.backends().forEach(this::destination);
  }

  /** Ends all of it. */
  void close() {
    forget(services, Map.of());
    forget(destinations, Map.of());
  }

  private void forget(Map<?, Series> known, Map<?, ?> now) {
    known
        .entrySet()
        .removeIf(
            each -> {
              boolean gone = !now.containsKey(each.getKey());
              if (gone) {
                each.getValue().meters.forEach(registry::remove);
              }
              return gone;
            });
  }

  private static Load.OfDestination of(Traffic traffic) {
    return new Load.OfDestination(Optional.empty(), traffic);
  }

  private Series service(String name) {
    return services.computeIfAbsent(
        name, key -> new Series(SERVICE, Tags.of("virtual_server", key)).passing());
  }

  private void destination(BackendRef backend, Load.OfDestination load) {
    Series series = destinations.get(backend);
    if (series == null && destinations.size() == MOST_DESTINATIONS) {
      if (!crowded) {
        log.warn(
            "More than {} real servers are in the table: the rest has no metrics of its own",
            MOST_DESTINATIONS);
      }
      crowded = true;
      return;
    }
    if (series == null) {
      Tags tags =
          Tags.of("virtual_server", backend.virtualServer(), "real_server", backend.realServer());
      series = new Series(DESTINATION, tags).passing().open();
      destinations.put(backend, series);
    }
    series.load = load;
  }

  /** The meters of one server. */
  private final class Series {
    private final String prefix;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private volatile Load.OfDestination load = of(Traffic.NONE);

    Series(String prefix, Tags tags) {
      this.prefix = prefix;
      this.tags = tags;
    }

    Series passing() {
      passing("connections", tags, Counters::connections);
      passing("packets", tags.and("direction", "in"), Counters::packetsIn);
      passing("packets", tags.and("direction", "out"), Counters::packetsOut);
      passing("bytes", tags.and("direction", "in"), Counters::bytesIn);
      passing("bytes", tags.and("direction", "out"), Counters::bytesOut);
      return this;
    }

    private void passing(String what, Tags with, ToLongFunction<Counters> field) {
      meters.add(
          FunctionCounter.builder(
                  prefix + what, this, it -> field.applyAsLong(it.load.traffic().total()))
              .description("Since it is in the table: " + what)
              .tags(with)
              .register(registry));
      meters.add(
          Gauge.builder(
                  prefix + what + ".per.second",
                  this,
                  it -> field.applyAsLong(it.load.traffic().perSecond()))
              .description("As the kernel estimates it: " + what)
              .tags(with)
              .register(registry));
    }

    Series open() {
      open("active", Connections::active);
      open("inactive", Connections::inactive);
      open("persistent", Connections::persistent);
      return this;
    }

    private void open(String state, ToLongFunction<Connections> field) {
      meters.add(
          Gauge.builder(
                  prefix + "connections.open",
                  this,
                  it ->
                      it.load
                          .connections()
                          .map(open -> (double) field.applyAsLong(open))
                          .orElse(Double.NaN))
              .description("Connections at the moment")
              .tags(tags.and("state", state))
              .register(registry));
    }
  }
}
