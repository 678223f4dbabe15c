package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.election.link.LinkConfig;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.UnicastPeer;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads one {@code vrrp_instance} block. */
final class InstanceReader {
  private static final int DEFAULT_PRIORITY = 100;
  private static final long DEFAULT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NANOS_PER_CENTI = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int CENTIS_PER_SECOND = 100;
  private static final int MAX_INTERVAL_V2_CENTIS = 25_500;
  private static final int MAX_INTERVAL_V3_CENTIS = 4095;

  /** Half an interval. */
  private static final int MOST_EARLY_BEATS = 32;

  private final Section block;
  private final GlobalDefaults global;
  private final TrackReader trackReader;
  private final ItemReader itemReader;
  private final Consumer<Diagnostic> problems;

  InstanceReader(
      Section block,
      GlobalDefaults global,
      TrackReader trackReader,
      ItemReader itemReader,
      Consumer<Diagnostic> problems) {
    this.block = block;
    this.global = global;
    this.trackReader = trackReader;
    this.itemReader = itemReader;
    this.problems = problems;
  }

  /** The instance; empty, with errors, when it cannot be. */
  Optional<InstanceConfig> read() {
    Optional<String> networkInterface = required("interface", block.text("interface"));
    Optional<Integer> vrid =
        required(
            "virtual_router_id", block.integer("virtual_router_id").stream().boxed().findFirst());
    if (networkInterface.isEmpty() || vrid.isEmpty()) {
      return Optional.empty();
    }
    List<VirtualAddress> advertised =
        itemReader.addresses(block, "virtual_ipaddress", networkInterface.get());
    List<VirtualAddress> excluded =
        itemReader.addresses(block, "virtual_ipaddress_excluded", networkInterface.get());
    WireReader wireReader = new WireReader(block, global, problems);
    List<UnicastPeer> peers = wireReader.peers();
    boolean ipv6 = ipv6(advertised, peers);
    excluded = exclude(advertised, excluded, ipv6);
    FamilyCheck.check(block, ipv6, problems);
    int version = ipv6 ? 3 : block.integer("version").orElse(global.version());
    AdvertisedAddresses.check(block, global.strict(), version, advertised, problems);
    int centis = intervalCentis(version);
    VirtualRouterRef router =
        new VirtualRouterRef(
            block.name(), vrid.get(), ipv6 ? "inet6" : "inet", networkInterface.get());
    WireConfig wire = wireReader.read(router, version, centis, peers);
    return Optional.of(
        new InstanceConfig(
            router,
            machine(wire, vrid.get()),
            wire,
            GlobalDefaults.announce(block, "", global.announce()),
            itemReader.leased(advertised, block, centis),
            itemReader.leased(excluded, block, centis),
            trackReader.read(block),
            !block.has("dont_track_primary"),
            faults(peers),
            itemReader.routing(block),
            LinkConfig.PLAIN,
            Reported.NOTHING));
  }

  private List<String> faults(List<UnicastPeer> peers) {
    boolean unicast = block.has("unicast_peer") || block.has("unicast_src_ip");
    return block.has("unicast_fault_no_peer") && unicast && peers.isEmpty()
        ? List.of("unicast_peer names no peer")
        : List.of();
  }

  private VirtualRouterConfig machine(WireConfig wire, int vrid) {
    int priority =
        block
            .integer("priority")
            .orElse(wantsMaster() ? VirtualRouterConfig.OWNER_PRIORITY : DEFAULT_PRIORITY);
    boolean owner = priority == VirtualRouterConfig.OWNER_PRIORITY;
    boolean master = startsAsMaster(wire, owner);
    boolean nopreempt = block.has("nopreempt") && !block.has("preempt");
    if (nopreempt && (master || owner)) {
      problems.accept(
          Diagnostic.warning(
              position("nopreempt"),
              "nopreempt has no effect with "
                  + (owner ? "priority 255" : "state MASTER; write state BACKUP")));
    }
    long delayNanos = block.decimalNanos("preempt_delay").orElse(0);
    if (delayNanos > 0 && (master || nopreempt)) {
      problems.accept(
          Diagnostic.warning(
              position("preempt_delay"),
              "preempt_delay has no effect with " + (master ? "state MASTER" : "nopreempt")));
    }
    long intervalNanos = wire.intervalCentis() * NANOS_PER_CENTI;
    return new VirtualRouterConfig(
        wire.version(),
        priority,
        intervalNanos,
        !nopreempt || master || owner,
        master ? 0 : delayNanos,
        block.integer("down_timer_adverts").orElse(global.downTimerAdverts()),
        block.bool("lower_prio_no_advert", global.lowerPrioNoAdvert()),
        block.bool("higher_prio_send_advert", global.higherPrioSendAdvert()),
        PrecautionsReader.read(block, global, priority, intervalNanos, problems),
        global.crowded() ? vrid % MOST_EARLY_BEATS : 0);
  }

  private boolean wantsMaster() {
    return block.text("state").filter("MASTER"::equals).isPresent();
  }

  /** With authentication headers a start as MASTER would begin to count anew. */
  private boolean startsAsMaster(WireConfig wire, boolean owner) {
    boolean master = wantsMaster();
    if (master && !owner && wire.authentication() instanceof Authentication.Header) {
      problems.accept(
          Diagnostic.warning(
              position("state"), "state MASTER is read as BACKUP with auth_type AH"));
      return false;
    }
    return master;
  }

  private int intervalCentis(int version) {
    long nanos = block.decimalNanos("advert_int").orElse(DEFAULT_INTERVAL_NANOS);
    long centis = (nanos + NANOS_PER_CENTI / 2) / NANOS_PER_CENTI;
    long used = Math.clamp(centis, 1, MAX_INTERVAL_V3_CENTIS);
    if (version == 2) {
      long seconds = (centis + CENTIS_PER_SECOND / 2) / CENTIS_PER_SECOND;
      used = Math.clamp(seconds * CENTIS_PER_SECOND, CENTIS_PER_SECOND, MAX_INTERVAL_V2_CENTIS);
    }
    if (used != centis) {
      problems.accept(
          Diagnostic.warning(
              position("advert_int"),
              "VRRP version %d cannot advertise every %s s; %s s are used"
                  .formatted(version, seconds(centis), seconds(used))));
    }
    return (int) used;
  }

  private static String seconds(long centis) {
    return java.math.BigDecimal.valueOf(centis, 2).stripTrailingZeros().toPlainString();
  }

  private boolean ipv6(List<VirtualAddress> advertised, List<UnicastPeer> peers) {
    if (!peers.isEmpty()) {
      return peers.getFirst().address() instanceof Inet6Address;
    }
    return advertised.isEmpty()
        ? block.has("native_ipv6")
        : advertised.getFirst().address() instanceof Inet6Address;
  }

  /** Moves what cannot be advertised to the excluded addresses, as keepalived does. */
  private List<VirtualAddress> exclude(
      List<VirtualAddress> advertised, List<VirtualAddress> excluded, boolean ipv6) {
    List<VirtualAddress> all = new ArrayList<>(excluded);
    List<VirtualAddress> other =
        advertised.stream().filter(each -> each.address() instanceof Inet6Address != ipv6).toList();
    if (!other.isEmpty()) {
      problems.accept(
          Diagnostic.warning(
              position("virtual_ipaddress"),
              "addresses of the other family are set but not advertised; write them in"
                  + " virtual_ipaddress_excluded"));
    }
    advertised.removeAll(other);
    all.addAll(other);
    all.addAll(AdvertisedAddresses.tooMany(block, ipv6, advertised, problems));
    return all;
  }

  private <T> Optional<T> required(String word, Optional<T> value) {
    if (value.isEmpty()) {
      problems.accept(
          Diagnostic.error(
              block.position(), "vrrp_instance %s needs %s".formatted(block.name(), word)));
    }
    return value;
  }

  private Position position(String word) {
    return block.last(word).map(Statement::position).orElse(block.position());
  }
}
