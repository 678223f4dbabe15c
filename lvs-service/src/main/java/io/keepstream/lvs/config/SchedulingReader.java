package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Reads how the services of a {@code virtual_server} balance. */
final class SchedulingReader {
  private static final int DEFAULT_PERSISTENCE_SECONDS = 360;
  private static final int MAX_PERSISTENCE_SECONDS = 2_678_400;
  private static final int MAX_ENGINE_LENGTH = 15;

  /** A word that sets a flag, and the scheduler it belongs to; empty for all. */
  private record FlagWord(String word, ServiceFlag flag, String scheduler) {}

  private static final List<FlagWord> FLAG_WORDS =
      List.of(
          new FlagWord("flag-1", ServiceFlag.SCHEDULER_1, ""),
          new FlagWord("flag-2", ServiceFlag.SCHEDULER_2, ""),
          new FlagWord("flag-3", ServiceFlag.SCHEDULER_3, ""),
          new FlagWord("sh-fallback", ServiceFlag.SCHEDULER_1, "sh"),
          new FlagWord("sh-port", ServiceFlag.SCHEDULER_2, "sh"),
          new FlagWord("mh-fallback", ServiceFlag.SCHEDULER_1, "mh"),
          new FlagWord("mh-port", ServiceFlag.SCHEDULER_2, "mh"));

  private final Section section;
  private final Target target;
  private final Protocol protocol;
  private final Consumer<Diagnostic> problems;

  SchedulingReader(
      Section section, Target target, Protocol protocol, Consumer<Diagnostic> problems) {
    this.section = section;
    this.target = target;
    this.protocol = protocol;
    this.problems = problems;
  }

  List<VirtualService> services(List<ServiceKey> keys) {
    String scheduler = scheduler();
    int persistenceSeconds = persistenceSeconds(keys);
    Set<ServiceFlag> flags = flags(scheduler);
    if (persistenceSeconds > 0) {
      flags.add(ServiceFlag.PERSISTENT);
    }
    Map<Family, Persistence> persistence = persistence(persistenceSeconds);
    return keys.stream()
        .map(key -> new VirtualService(key, scheduler, flags, persistence.get(key.family())))
        .toList();
  }

  private Map<Family, Persistence> persistence(int seconds) {
    String engine =
        section
            .text("persistence_engine")
            .map(name -> name.substring(0, Math.min(name.length(), MAX_ENGINE_LENGTH)))
            .orElse("");
    Map<Family, Persistence> persistence = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      int netmask = granularity(family).orElse(family.hostNetmask());
      persistence.put(family, new Persistence(seconds, netmask, engine));
    }
    return persistence;
  }

  private String scheduler() {
    Optional<String> given =
        Values.last(section, "lb_algo", "lvs_sched").map(line -> line.argument(0));
    if (given.isEmpty()) {
      warning("no lvs_sched: wlc is taken");
    }
    return given.filter(LvsWords.SCHEDULERS::contains).orElse("wlc");
  }

  private Set<ServiceFlag> flags(String scheduler) {
    Set<ServiceFlag> flags = EnumSet.noneOf(ServiceFlag.class);
    for (FlagWord each : FLAG_WORDS) {
      boolean effective = each.scheduler().isEmpty() || each.scheduler().equals(scheduler);
      if (effective && section.has(each.word())) {
        flags.add(each.flag());
      } else if (section.has(each.word())) {
        warning("%s has no effect with scheduler %s".formatted(each.word(), scheduler));
      }
    }
    if (section.has("ops")) {
      if (protocol == Protocol.UDP || target instanceof Target.ByMark) {
        flags.add(ServiceFlag.ONE_PACKET);
      } else {
        warning("ops has no effect with " + protocol);
      }
    }
    return flags;
  }

  private int persistenceSeconds(List<ServiceKey> keys) {
    OptionalInt given = section.integer("persistence_timeout");
    if (given.orElse(0) > 0 && given.orElse(0) <= MAX_PERSISTENCE_SECONDS) {
      return given.getAsInt();
    }
    boolean bare =
        section.last("persistence_timeout").filter(l -> l.arguments().isEmpty()).isPresent();
    if (bare || granularityApplies(keys)) {
      return DEFAULT_PERSISTENCE_SECONDS;
    }
    boolean anyPort =
        keys.stream().anyMatch(key -> key instanceof ServiceKey.Address at && at.port() == 0);
    if (anyPort) {
      warning(
          "a service without port needs persistence: persistence_timeout %d is taken"
              .formatted(DEFAULT_PERSISTENCE_SECONDS));
    }
    return anyPort ? DEFAULT_PERSISTENCE_SECONDS : 0;
  }

  private boolean granularityApplies(List<ServiceKey> keys) {
    boolean applies =
        keys.stream()
            .map(ServiceKey::family)
            .distinct()
            .anyMatch(family -> granularity(family).isPresent());
    if (!applies && section.has("persistence_granularity")) {
      warning("persistence_granularity has no effect: IPv4 takes a netmask, IPv6 a prefix length");
    }
    return applies;
  }

  /** A mask for IPv4, a prefix length for IPv6; empty if it is for the other family. */
  private OptionalInt granularity(Family family) {
    String word = section.text("persistence_granularity").orElse("");
    return switch (family) {
      case IPV4 ->
          Addresses.ip(word)
              .filter(mask -> Family.of(mask) == Family.IPV4)
              .map(mask -> OptionalInt.of(ByteBuffer.wrap(mask.getAddress()).getInt()))
              .orElse(OptionalInt.empty());
      case IPV6 -> {
        long length = Numbers.integer(word).orElse(0);
        yield length >= 1 && length <= 128 ? OptionalInt.of((int) length) : OptionalInt.empty();
      }
    };
  }

  private void warning(String message) {
    problems.accept(Diagnostic.warning(section.position(), message));
  }
}
