package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
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
  private static final long START_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DELAY_LOOP_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long DELAY_BEFORE_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SMALLEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final int RETRY = 1;

  private final ConnectionReader connections;
  private final Consumer<Diagnostic> problems;

  BackendReader(Consumer<Diagnostic> problems) {
    this.connections = new ConnectionReader(problems);
    this.problems = problems;
  }

  Map<BackendRef, Set<CheckConfig>> read(Section root) {
    boolean logAllFailures =
        root.blocks("global_defs").stream()
            .anyMatch(globals -> globals.bool("checker_log_all_failures", false));
    Map<BackendRef, Set<CheckConfig>> backends = new LinkedHashMap<>();
    HttpReader http = new HttpReader(root.block("SSL"), problems);
    for (NamedServers virtualServer : NamedServers.of(root)) {
      for (Section realServer : virtualServer.section().blocks("real_server")) {
        Optional<BackendRef> backend = virtualServer.backend(realServer);
        if (backend.isPresent()) {
          InetAddress address = Addresses.ip(realServer.name()).orElseThrow();
          Place place = new Place(virtualServer, realServer, address, logAllFailures);
          backends.putIfAbsent(backend.get(), checks(place, http));
        }
      }
    }
    return backends;
  }

  /** A real server while it is read. */
  record Place(
      NamedServers virtualServer, Section realServer, InetAddress address, boolean logAllFailures) {
    int port() {
      return virtualServer.checkedPort(realServer);
    }

    /** How {@code check} connects. */
    Connection connection(ConnectionReader reader, Section check) {
      return reader.read(check, address, port());
    }

    Inherited inherited(Section check) {
      return new Inherited(List.of(check, realServer, virtualServer.section()));
    }
  }

  private Set<CheckConfig> checks(Place place, HttpReader http) {
    Set<CheckConfig> checks = new LinkedHashSet<>();
    for (Section check : place.realServer().blocks("TCP_CHECK")) {
      checks.add(
          new CheckConfig(
              new Target.Tcp(place.connection(connections, check)),
              rules(place.inherited(check)),
              check.bool("log_all_failures", place.logAllFailures())));
    }
    checks.addAll(http.read(place));
    return Collections.unmodifiableSet(checks);
  }

  static CheckRules rules(Inherited words) {
    long periodNanos = Math.max(words.nanos("delay_loop").orElse(DELAY_LOOP_NANOS), SMALLEST_NANOS);
    Schedule schedule =
        new Schedule(
            START_DELAY_NANOS,
            words.nanos("warmup").orElse(periodNanos),
            periodNanos,
            words.nanos("delay_before_retry").orElse(DELAY_BEFORE_RETRY_NANOS));
    long retry = Math.clamp(words.number("retry").orElse(RETRY), 0, Integer.MAX_VALUE - 1);
    long timeoutNanos = words.nanos("connect_timeout").orElse(CONNECT_TIMEOUT_NANOS);
    return new CheckRules(
        schedule,
        new Counting(1, (int) retry + 1, words.flag("alpha")),
        Math.max(timeoutNanos, SMALLEST_NANOS),
        FailureReason.CONNECT_TIMEOUT);
  }
}
