package io.keepstream.node.report;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Backend;
import io.keepstream.contract.snapshot.ServiceState.Destination;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import io.keepstream.contract.snapshot.ServiceState.VirtualServer;
import io.keepstream.contract.value.Durations;
import io.keepstream.lvs.will.OverrideText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a node stands, for people. */
public final class StatusText {
  private static final String NOTHING = "-";

  private final NodeReport report;

  private StatusText(NodeReport report) {
    this.report = report;
  }

  /** What is wrong, then a table for each kind of thing that there is. */
  public static String of(NodeReport report) {
    StatusText text = new StatusText(report);
    return Stream.of(
            text.verdict(),
            text.instances(),
            text.sessions(),
            text.servers(),
            text.overrides(),
            text.dataplane(),
            text.trackers(),
            text.sinks(),
            text.services())
        .filter(section -> !section.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String verdict() {
    List<String> problems = Problems.of(report);
    return problems.isEmpty()
        ? "All is well.\n"
        : problems.stream()
            .map(problem -> "  " + problem + "\n")
            .collect(Collectors.joining("", "Not well:\n", ""));
  }

  private String instances() {
    Table table = new Table("INSTANCE", "STATE", "SINCE", "PRIORITY", "ADDRESSES", "BECAUSE");
    Said said = said(Service.ELECTION);
    said.states(ServiceState.Election.class)
        .flatMap(election -> election.instances().stream())
        .forEach(
            each ->
                table.row(
                    each.router().instance(),
                    said.now(each.state()),
                    said.since(each.ageMillis()),
                    each.priority().effective(),
                    String.join(" ", each.addresses()),
                    said.because(each.state(), each.cause().text())));
    return table.text();
  }

  private String sessions() {
    Table table = new Table("BFD SESSION", "STATE", "SINCE", "NEIGHBOR", "BECAUSE");
    Said said = said(Service.ELECTION);
    said.states(ServiceState.Election.class)
        .flatMap(election -> election.bfdSessions().stream())
        .forEach(
            each ->
                table.row(
                    each.session(),
                    said.now(each.state().words()),
                    said.since(each.ageMillis()),
                    each.neighbor(),
                    said.because(
                        each.state().words(),
                        each.fault() == null ? each.diagnostic().words() : each.fault())));
    return table.text();
  }

  private String servers() {
    Table table = new Table("SERVER", "STATE", "SINCE", "WEIGHT", "CONNECTIONS", "BECAUSE");
    Map<String, List<Backend>> backends =
        said(Service.HEALTH)
            .states(ServiceState.Health.class)
            .flatMap(health -> health.backends().stream())
            .collect(
                Collectors.groupingBy(
                    each -> each.backend().virtualServer(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Said lvs = said(Service.LVS);
    lvs.states(ServiceState.Lvs.class)
        .flatMap(state -> state.virtualServers().stream())
        .forEach(
            each -> {
              virtualServer(table, lvs, each);
              List<Backend> servers = backends.remove(each.virtualServer());
              realServers(table, servers == null ? List.of() : servers, each.destinations());
            });
    backends.forEach(
        (name, servers) -> {
          table.row(name, NOTHING, NOTHING, "", "", "lvs says nothing of it");
          realServers(table, servers, List.of());
        });
    return table.text();
  }

  private void realServers(Table table, List<Backend> servers, List<Destination> destinations) {
    Map<String, Destination> inTable =
        destinations.stream()
            .collect(Collectors.toMap(Destination::realServer, each -> each, (one, same) -> one));
    servers.forEach(each -> realServer(table, each, inTable.get(each.backend().realServer())));
  }

  private static void virtualServer(Table table, Said lvs, VirtualServer server) {
    String state = server.quorum() ? "quorum" : "no quorum";
    table.row(
        server.virtualServer(),
        lvs.now(state),
        lvs.since(server.ageMillis()),
        "",
        "",
        lvs.because(state, ""));
  }

  /** A real server; {@code destination} is null where it is not in the table. */
  private void realServer(Table table, Backend backend, Destination destination) {
    Said said = said(Service.HEALTH);
    String state = backend.up() ? "up" : "down";
    table.row(
        "  " + backend.backend().realServer(),
        said.now(state),
        said.since(backend.ageMillis()),
        destination == null ? NOTHING : destination.weight(),
        destination == null || destination.connections() == null
            ? NOTHING
            : destination.connections().active(),
        said.because(state, backend.evidence() == null ? "" : backend.evidence().text()));
  }

  private String overrides() {
    Table table = new Table("OVERRIDDEN", "OF", "SINCE", "BY", "TO");
    Said said = said(Service.LVS);
    said.states(ServiceState.Lvs.class).forEach(lvs -> overrides(table, said, lvs));
    return table.text();
  }

  private void overrides(Table table, Said said, ServiceState.Lvs lvs) {
    ServiceState.NodeDrain node = lvs.nodeDrain();
    if (node != null) {
      table.row("this node", "", said.since(node.ageMillis()), node.owner(), OverrideText.of(node));
    }
    lvs.overrides().stream()
        .filter(each -> each.drain() == null || !each.drain().ofNode())
        .forEach(
            each ->
                table.row(
                    each.backend().realServer(),
                    each.backend().virtualServer(),
                    said.since(each.ageMillis()),
                    each.owner(),
                    OverrideText.of(each) + unchecked(each)));
  }

  private String unchecked(ServerOverride override) {
    boolean checked =
        said(Service.HEALTH)
            .states(ServiceState.Health.class)
            .flatMap(health -> health.backends().stream())
            .anyMatch(each -> each.backend().equals(override.backend()));
    return override.kind() == OverrideKind.ADDED && !checked ? "; nothing checks it" : "";
  }

  private String dataplane() {
    Table table = new Table("DATAPLANE", "LAST READ", "SYNC DAEMONS");
    Said said = said(Service.LVS);
    said.states(ServiceState.Lvs.class)
        .filter(lvs -> !lvs.virtualServers().isEmpty() || !lvs.syncDaemons().isEmpty())
        .forEach(
            lvs ->
                table.row(
                    said.now(lvs.dataplane()),
                    lvs.readMillis() == null ? "never" : said.since(lvs.readMillis()) + " ago",
                    lvs.syncDaemons().stream()
                        .map(each -> each.role() + " (" + each.detail() + ")")
                        .collect(Collectors.joining(", "))));
    return table.text();
  }

  private String trackers() {
    Table table = new Table("TRACKER", "STATE", "SINCE", "BECAUSE");
    Said said = said(Service.HEALTH);
    said.states(ServiceState.Health.class)
        .flatMap(health -> health.trackers().stream())
        .forEach(
            each -> {
              String state = each.known() ? each.up() ? "good" : "bad" : "unknown";
              table.row(
                  each.tracker().kind().label() + " " + each.tracker().name(),
                  said.now(state),
                  said.since(each.ageMillis()),
                  said.because(state, each.detail() == null ? "" : each.detail()));
            });
    return table.text();
  }

  private String sinks() {
    Table table =
        new Table("SINK", "STATE", "SINCE", "DELIVERED", "WAITING", "LAG", "DEAD", "BECAUSE");
    Said said = said(Service.NOTIFIER);
    said.states(ServiceState.Notifier.class)
        .flatMap(notifier -> notifier.sinks().stream())
        .forEach(
            each -> {
              String state = each.healthy() ? "delivers" : "fails";
              table.row(
                  each.sink(),
                  said.now(state),
                  said.since(each.ageMillis()),
                  each.delivered(),
                  each.queued(),
                  each.queued() == 0 ? NOTHING : age(each.oldestMillis()),
                  each.deadLetters(),
                  said.because(state, each.detail() == null ? "" : each.detail()));
            });
    return table.text();
  }

  private String services() {
    Table table = new Table("SERVICE", "STATE", "LAST SNAPSHOT");
    report.services().stream()
        .filter(ServiceReport::known)
        .forEach(
            each ->
                table.row(
                    each.service().label(),
                    each.answered() ? "answers" : "silent",
                    lastSnapshot(each)));
    return table.text();
  }

  private static String lastSnapshot(ServiceReport service) {
    if (service.ageMillis() != null) {
      return age(service.ageMillis()) + " ago";
    }
    return service.missingMillis() == null
        ? "never"
        : "never, missing for " + age(service.missingMillis());
  }

  private Said said(Service service) {
    return new Said(report.of(service));
  }

  private static String age(long millis) {
    return Durations.text(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** What one service said, which is no more than a memory when it does not answer. */
  private record Said(ServiceReport by) {
    <T extends ServiceState> Stream<T> states(Class<T> form) {
      return Stream.ofNullable(by.snapshot())
          .map(snapshot -> snapshot.state())
          .filter(form::isInstance)
          .map(form::cast);
    }

    String now(Object state) {
      return by.answered() ? state.toString() : "stale";
    }

    String since(long ageMillis) {
      return by.answered() ? age(ageMillis + by.ageMillis()) : NOTHING;
    }

    String because(Object state, String why) {
      return by.answered()
          ? why
          : "%s does not answer; it was %s %s ago"
              .formatted(by.service().label(), state, age(by.ageMillis()));
    }
  }
}
