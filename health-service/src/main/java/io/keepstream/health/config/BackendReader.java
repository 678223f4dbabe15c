package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
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

  private final Consumer<Diagnostic> problems;

  BackendReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
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
              tcp(check, place),
              rules(place.inherited(check)),
              check.bool("log_all_failures", place.logAllFailures())));
    }
    return Collections.unmodifiableSet(checks);
  }

  private Target.Tcp tcp(Section check, Place place) {
    InetAddress address = check.text("connect_ip").flatMap(Addresses::ip).orElse(place.address());
    int connectPort = port(check, "connect_port");
    int port = connectPort == 0 ? place.port() : connectPort;
    if (port == 0) {
      warn(check.header(), "there is no port 0 to connect to; connect_port can name another");
    }
    String bindInterface = check.text("bind_if").orElse(null);
    if (address.isLinkLocalAddress() && Addresses.bits(address) == 128 && bindInterface == null) {
      warn(check.header(), "a link-local address can only be reached with bind_if");
    }
    return new Target.Tcp(
        address,
        port,
        bindAddress(check, address).orElse(null),
        port(check, "bind_port"),
        bindInterface,
        check.wholeNumber("fwmark").orElse(0));
  }

  private static int port(Section check, String keyword) {
    return check.text(keyword).map(NamedServers::port).orElse(0);
  }

  private Optional<InetAddress> bindAddress(Section check, InetAddress remote) {
    Optional<InetAddress> local = check.text("bindto").flatMap(Addresses::ip);
    if (local.isPresent() && Addresses.bits(local.get()) != Addresses.bits(remote)) {
      check
          .last("bindto")
          .ifPresent(line -> warn(line, "not of the address family to connect to, ignored"));
      return Optional.empty();
    }
    return local;
  }

  private static CheckRules rules(Inherited words) {
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

  private void warn(Statement line, String message) {
    problems.accept(Diagnostic.warning(line.position(), line.keyword().text() + ": " + message));
  }
}
