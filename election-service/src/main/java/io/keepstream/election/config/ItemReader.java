package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.election.machine.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads the lines of addresses, routes and rules, those of instances and the static ones. */
final class ItemReader {
  private static final String DEFAULT_INTERFACE = "eth0";
  private static final int LEAST_LEASE_SECONDS = 2;
  private static final int LEAST_LEASE_ADVERTS = 2;
  private static final int CENTIS_PER_SECOND = 100;

  private final Section root;
  private final Section global;
  private final Consumer<Diagnostic> problems;
  private final RuleReader.Priorities priorities = new RuleReader.Priorities();

  ItemReader(Section root, Consumer<Diagnostic> problems) {
    this.root = root;
    this.global = Words.joined(root, "global_defs");
    this.problems = problems;
  }

  /** The addresses of a block of lines. */
  List<VirtualAddress> addresses(Section block, String keyword, String networkInterface) {
    List<VirtualAddress> addresses = new ArrayList<>();
    for (Statement line : block.lines(keyword)) {
      AddressReader.read(line, networkInterface, problems).ifPresent(addresses::add);
    }
    return addresses;
  }

  /** What an instance says about routing. */
  RoutingConfig routing(Section instance) {
    return new RoutingConfig(
        routes(instance, "virtual_routes"),
        rules(instance, "virtual_rules"),
        instance.has("promote_secondaries"));
  }

  /**
   * The same addresses with the lease of their instance.
   *
   * @param intervalCentis how often the instance adverts
   */
  List<VirtualAddress> leased(
      List<VirtualAddress> addresses, Section instance, int intervalCentis) {
    Optional<Statement> own = instance.last("vip_lease");
    OptionalInt seconds =
        own.isPresent() ? instance.integer("vip_lease") : global.integer("vrrp_vip_lease");
    int lease = seconds.orElse(0);
    if (lease == 0 || addresses.isEmpty()) {
      return addresses;
    }
    if (instance.integer("priority").orElse(0) == VirtualRouterConfig.OWNER_PRIORITY) {
      own.ifPresent(
          line ->
              problems.accept(
                  Diagnostic.warning(
                      line.position(), "vip_lease has no effect on the owner's addresses")));
      return addresses;
    }
    int least =
        Math.max(
            LEAST_LEASE_SECONDS,
            Math.ceilDiv(LEAST_LEASE_ADVERTS * intervalCentis, CENTIS_PER_SECOND));
    if (lease < least) {
      Statement line = own.or(() -> global.last("vrrp_vip_lease")).orElse(instance.header());
      problems.accept(
          Diagnostic.error(
              line.position(),
              "a lease of %d s is too short for %s: it must last %d s and %d adverts, here %d s"
                  .formatted(
                      lease, instance.name(), LEAST_LEASE_SECONDS, LEAST_LEASE_ADVERTS, least)));
    }
    return addresses.stream().map(address -> address.leased(lease)).toList();
  }

  /** What is there from start to stop. */
  List<StaticItem> statics() {
    Map<String, Set<String>> groups = groups();
    String networkInterface = global.text("default_interface").orElse(DEFAULT_INTERFACE);
    List<StaticItem> statics = new ArrayList<>();
    for (Statement line : root.lines("static_ipaddress")) {
      AddressReader.read(line, networkInterface, problems)
          .ifPresent(item -> statics.add(withGroup(item, line, groups)));
    }
    for (Statement line : root.lines("static_routes")) {
      RouteReader.read(line, problems)
          .ifPresent(item -> statics.add(withGroup(item, line, groups)));
    }
    for (Statement line : root.lines("static_rules")) {
      RuleReader.read(line, priorities, problems)
          .ifPresent(item -> statics.add(withGroup(item, line, groups)));
    }
    return statics;
  }

  private StaticItem withGroup(KernelItem item, Statement line, Map<String, Set<String>> groups) {
    Optional<String> group = Words.option(line, "track_group");
    if (group.isPresent() && !item.tracked()) {
      problems.accept(
          Diagnostic.warning(
              line.position(), "track_group has no effect on what is not tracked (no_track)"));
    }
    return new StaticItem(
        item, group.map(name -> groups.getOrDefault(name, Set.of())).orElse(Set.of()));
  }

  /** The names of the instances in each group. */
  private Map<String, Set<String>> groups() {
    Map<String, Set<String>> groups = new HashMap<>();
    for (Section group : root.blocks("track_group")) {
      groups
          .computeIfAbsent(group.name(), name -> new HashSet<>())
          .addAll(group.entries("group").stream().map(Word::text).collect(Collectors.toSet()));
    }
    return groups;
  }

  private List<VirtualRoute> routes(Section block, String keyword) {
    List<VirtualRoute> routes = new ArrayList<>();
    for (Statement line : block.lines(keyword)) {
      RouteReader.read(line, problems).ifPresent(routes::add);
    }
    return routes;
  }

  private List<VirtualRule> rules(Section block, String keyword) {
    List<VirtualRule> rules = new ArrayList<>();
    for (Statement line : block.lines(keyword)) {
      RuleReader.read(line, priorities, problems).ifPresent(rules::add);
    }
    return rules;
  }
}
