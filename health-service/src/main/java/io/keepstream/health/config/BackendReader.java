package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.runtime.config.NamedServers;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the checkers of real servers. */
final class BackendReader {
  private static final RulesReader.Defaults CONNECTING =
      new RulesReader.Defaults(1, TimeUnit.SECONDS.toNanos(1), FailureReason.CONNECT_TIMEOUT);

  private final ConnectionReader connections;
  private final RulesReader rules;

  BackendReader(Consumer<Diagnostic> problems) {
    this.connections = new ConnectionReader(problems);
    this.rules = new RulesReader(problems);
  }

  Map<BackendRef, Set<CheckConfig>> read(Section root) {
    boolean logAllFailures =
        root.blocks("global_defs").stream()
            .anyMatch(globals -> globals.bool("checker_log_all_failures", false));
    Map<BackendRef, Set<CheckConfig>> backends = new LinkedHashMap<>();
    for (NamedServers virtualServer : NamedServers.of(root)) {
      for (Section realServer : virtualServer.section().blocks("real_server")) {
        Optional<BackendRef> backend = virtualServer.backend(realServer);
        if (backend.isPresent()) {
          InetAddress address = Addresses.ip(realServer.name()).orElseThrow();
          Place place = new Place(virtualServer, realServer, address, logAllFailures);
          backends.putIfAbsent(backend.get(), checks(place));
        }
      }
    }
    return backends;
  }

  /** A real server while it is read. */
  private record Place(
      NamedServers virtualServer, Section realServer, InetAddress address, boolean logAllFailures) {
    int port() {
      return virtualServer.checkedPort(realServer);
    }

    Inherited inherited(Section check) {
      return new Inherited(List.of(check, realServer, virtualServer.section()));
    }
  }

  private Set<CheckConfig> checks(Place place) {
    Set<CheckConfig> checks = new LinkedHashSet<>();
    for (Section check : place.realServer().blocks("TCP_CHECK")) {
      checks.add(
          new CheckConfig(
              new Target.Tcp(connections.read(check, place.address(), place.port())),
              rules.read(place.inherited(check), CONNECTING),
              check.bool("log_all_failures", place.logAllFailures()),
              check.bool("shadow", false)));
    }
    return Collections.unmodifiableSet(checks);
  }
}
