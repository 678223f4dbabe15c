package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.value.Numbers;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one {@code virtual_server}. */
final class VirtualServerReader {
  private static final long PANIC_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Section section;
  private final Target target;
  private final Consumer<Diagnostic> problems;
  private final Protocol protocol;

  VirtualServerReader(Section section, Target target, Consumer<Diagnostic> problems) {
    this.section = section;
    this.target = target;
    this.problems = problems;
    this.protocol = protocol();
  }

  /** The virtual server; empty if it cannot work, which is reported. */
  Optional<VirtualServer> read() {
    String name = target.name(protocol);
    Forwarding forwarding = forwarding();
    ServerReader reader = new ServerReader(section, target, protocol, forwarding, problems);
    List<Family> told =
        Stream.concat(target.families().stream(), declaredFamily().stream()).distinct().toList();
    if (told.size() > 1 && hasMarkWithoutFamily()) {
      problems.accept(
          Diagnostic.error(
              section.position(),
              "%s has IPv4 and IPv6: say inet or inet6 behind each fwmark of the group"
                  .formatted(name)));
      return Optional.empty();
    }
    Family markFamily = told.stream().findFirst().or(reader::firstFamily).orElse(Family.IPV4);
    List<ServiceKey> keys = target.keys(protocol, markFamily);
    Set<Family> families =
        keys.stream().map(ServiceKey::family).collect(Collectors.toUnmodifiableSet());
    List<RealServer> reals = reader.realServers(families);
    if (reals.isEmpty() || keys.isEmpty()) {
      // The vocabulary has told of one without any.
      if (section.has("real_server")) {
        problems.accept(
            Diagnostic.warning(section.position(), name + " has nothing to balance: ignored"));
      }
      return Optional.empty();
    }
    List<VirtualService> services =
        new SchedulingReader(section, target, protocol, problems).services(keys);
    return Optional.of(
        new VirtualServer(
            name,
            services,
            quorum(reals),
            reader.sorryServer(families),
            reals,
            panic(),
            section.has("omega")));
  }

  private Optional<PanicRule> panic() {
    return section
        .last("panic_threshold")
        .flatMap(
            line -> {
              OptionalLong percent = Numbers.integer(line.argument(0));
              long windowNanos =
                  DecimalUnit.SECONDS
                      .read(line.argument(1))
                      .map(DecimalUnit.Time::nanos)
                      .orElse(PANIC_WINDOW_NANOS);
              return percent.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new PanicRule((int) percent.getAsLong(), windowNanos));
            });
  }

  private Protocol protocol() {
    Optional<Protocol> given =
        section
            .text("protocol")
            .map(word -> word.toUpperCase(Locale.ROOT))
            .flatMap(
                word ->
                    Arrays.stream(Protocol.values())
                        .filter(each -> each.name().equals(word))
                        .findFirst());
    if (given.isEmpty() && !(target instanceof Target.ByMark)) {
      problems.accept(Diagnostic.warning(section.position(), "no protocol: UDP is taken"));
    }
    return given.orElse(Protocol.UDP);
  }

  private Forwarding forwarding() {
    return Values.last(section, "lb_kind", "lvs_method")
        .map(line -> ForwardingReader.read(line, problems))
        .orElseGet(
            () -> {
              if (section.blocks("real_server").stream().anyMatch(s -> !s.has("lvs_method"))) {
                problems.accept(
                    Diagnostic.warning(section.position(), "no lvs_method: NAT is taken"));
              }
              return Forwarding.MASQUERADE;
            });
  }

  private Optional<Family> declaredFamily() {
    return section.text("ip_family").flatMap(Values::family);
  }

  private boolean hasMarkWithoutFamily() {
    return target instanceof Target.ByGroup(var group, var index)
        && group.entries().stream()
            .anyMatch(
                entry ->
                    entry instanceof ServerGroup.Mark(var mark, var family) && family.isEmpty());
  }

  private Quorum quorum(List<RealServer> reals) {
    long total = reals.stream().mapToLong(real -> real.server().weight()).sum();
    long weight = section.wholeNumber("quorum").orElse(1);
    long hysteresis = section.wholeNumber("hysteresis").orElse(0);
    Quorum quorum = Quorum.within(total, weight, hysteresis);
    if (weight > total && section.has("quorum")) {
      problems.accept(
          Diagnostic.warning(
              section.position(),
              "quorum %d is more than all weights: %d is taken".formatted(weight, total)));
    }
    if (hysteresis > quorum.hysteresis()) {
      problems.accept(
          Diagnostic.warning(
              section.position(),
              "hysteresis %d must be less than quorum %d: %d is taken"
                  .formatted(hysteresis, quorum.weight(), quorum.hysteresis())));
    }
    if (quorum.weight() + quorum.hysteresis() > total) {
      problems.accept(
          Diagnostic.warning(
              section.position(),
              ("quorum %d and hysteresis %d together are more than all weights, %d: quorum is never"
                      + " gained")
                  .formatted(quorum.weight(), quorum.hysteresis(), total)));
    }
    return quorum;
  }
}
