package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Vrrp;
import java.net.Inet6Address;
import java.net.InetAddress;
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
  private static final int MAX_ADDRESSES = 255;

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
    List<InetAddress> peers =
        block.lines("unicast_peer").stream()
            .flatMap(line -> Addresses.ip(line.keyword().text()).stream())
            .toList();
    boolean ipv6 = ipv6(advertised, peers);
    excluded = exclude(advertised, excluded, ipv6);
    FamilyCheck.check(block, ipv6, problems);
    int version = ipv6 ? 3 : block.integer("version").orElse(global.version());
    refuseNothingToAdvertise(version, advertised);
    int centis = intervalCentis(version);
    VirtualRouterRef router =
        new VirtualRouterRef(
            block.name(), vrid.get(), ipv6 ? "inet6" : "inet", networkInterface.get());
    return Optional.of(
        new InstanceConfig(
            router,
            machine(version, centis),
            wire(router, version, centis, peers),
            GlobalDefaults.announce(block, "", global.announce()),
            itemReader.leased(advertised, block, centis),
            itemReader.leased(excluded, block, centis),
            trackReader.read(block),
            !block.has("dont_track_primary"),
            itemReader.routing(block)));
  }

  /** Version 3 does not believe an advert without addresses: every node would be MASTER. */
  private void refuseNothingToAdvertise(int version, List<VirtualAddress> advertised) {
    if (version == 3 && advertised.isEmpty() && !block.has("no_virtual_ipaddress")) {
      problems.accept(
          Diagnostic.error(
              block.position(),
              "vrrp_instance %s needs at least one address to advertise in virtual_ipaddress"
                  .formatted(block.name())));
    }
  }

  private VirtualRouterConfig machine(int version, int centis) {
    boolean master = block.text("state").filter("MASTER"::equals).isPresent();
    int priority =
        block
            .integer("priority")
            .orElse(master ? VirtualRouterConfig.OWNER_PRIORITY : DEFAULT_PRIORITY);
    boolean owner = priority == VirtualRouterConfig.OWNER_PRIORITY;
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
    return new VirtualRouterConfig(
        version,
        priority,
        centis * NANOS_PER_CENTI,
        !nopreempt || master || owner,
        master ? 0 : delayNanos,
        block.integer("down_timer_adverts").orElse(global.downTimerAdverts()),
        block.bool("lower_prio_no_advert", global.lowerPrioNoAdvert()),
        block.bool("higher_prio_send_advert", global.higherPrioSendAdvert()));
  }

  private WireConfig wire(
      VirtualRouterRef router, int version, int centis, List<InetAddress> peers) {
    boolean ipv6 = router.family().equals("inet6");
    String sourceWord = peers.isEmpty() ? "mcast_src_ip" : "unicast_src_ip";
    return new WireConfig(
        version,
        router.vrid(),
        centis,
        authentication(version),
        forms(version, ipv6, !peers.isEmpty()),
        Words.address(block, "mcast_dst_ip").orElse(ipv6 ? global.group6() : global.group4()),
        Words.address(block, sourceWord).orElse(null),
        peers,
        block.integer("unicast_ttl").orElse(Vrrp.HOP_LIMIT),
        block.has("check_unicast_src") || global.checkUnicastSource());
  }

  private List<ChecksumForm> forms(int version, boolean ipv6, boolean unicast) {
    boolean messageOnly =
        version == 2 || (!ipv6 && block.bool("v3_checksum_as_v2", global.checksumAsVersion2()));
    if (messageOnly) {
      return List.of(ChecksumForm.MESSAGE_ONLY);
    }
    boolean never = block.text("old_unicast_checksum").filter("never"::equals).isPresent();
    if (ipv6 || !unicast || never) {
      return List.of(ChecksumForm.PSEUDO_HEADER);
    }
    return block.has("old_unicast_checksum")
        ? List.of(ChecksumForm.OLD_UNICAST)
        : List.of(ChecksumForm.PSEUDO_HEADER, ChecksumForm.OLD_UNICAST);
  }

  private Authentication authentication(int version) {
    Optional<Section> block = this.block.block("authentication");
    if (this.block.has("auth_hmac")) {
      unsupported("auth_hmac", "auth_hmac");
    }
    if (block.isEmpty()) {
      return new Authentication.None();
    }
    if (block.get().text("auth_type").filter("AH"::equals).isPresent()) {
      unsupported("authentication", "auth_type AH");
    }
    if (version == 3) {
      problems.accept(
          Diagnostic.warning(
              position("authentication"), "VRRP version 3 has no authentication; it is ignored"));
      return new Authentication.None();
    }
    Optional<String> password = block.get().text("auth_pass");
    if (password.isEmpty()) {
      problems.accept(
          Diagnostic.error(position("authentication"), "authentication needs an auth_pass"));
      return new Authentication.None();
    }
    if (password.get().length() > Authentication.DATA_BYTES) {
      problems.accept(
          Diagnostic.warning(
              position("authentication"), "only the first 8 characters of auth_pass are used"));
    }
    return Authentication.Password.of(password.get());
  }

  /** Without it the other nodes would not believe us, and two would be MASTER. */
  private void unsupported(String word, String what) {
    problems.accept(Diagnostic.error(position(word), what + " is not supported yet"));
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

  private boolean ipv6(List<VirtualAddress> advertised, List<InetAddress> peers) {
    if (!peers.isEmpty()) {
      return peers.getFirst() instanceof Inet6Address;
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
    while (advertised.size() > MAX_ADDRESSES) {
      all.add(advertised.removeLast());
    }
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
