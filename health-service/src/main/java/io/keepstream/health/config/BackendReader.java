package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.config.RulesReader.Defaults;
import io.keepstream.health.port.LocalSystem;
import io.keepstream.health.verdict.CheckRules;
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
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the checkers of real servers. */
final class BackendReader {
  private final ConnectionReader connections;
  private final RulesReader rules;
  private final HttpReader http;
  private final SmtpReader smtp;
  private final DatagramReader datagrams;
  private final MiscReader misc;
  private final SignalReader signals;
  private final Section root;

  BackendReader(Section root, LocalSystem system, Consumer<Diagnostic> problems) {
    this.root = root;
    connections = new ConnectionReader(problems);
    rules = new RulesReader(problems);
    http = new HttpReader(root.block("SSL"), connections, rules, problems);
    smtp = new SmtpReader(connections, rules);
    datagrams = new DatagramReader(connections, rules, problems);
    misc = new MiscReader(new ScriptReader(root, system), rules, problems);
    signals = new SignalReader(root, problems);
  }

  Map<BackendRef, Set<CheckConfig>> read() {
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

    CheckConfig config(Section check, Target target, CheckRules rules) {
      return new CheckConfig(
          target,
          rules,
          check.bool("log_all_failures", logAllFailures),
          check.bool("shadow", false));
    }
  }

  private Set<CheckConfig> checks(Place place) {
    Set<CheckConfig> checks = new LinkedHashSet<>();
    place.realServer().statements().stream()
        .map(Section::new)
        .flatMap(check -> checks(check, place))
        .forEach(checks::add);
    // Most servers have one check, and there may be very many of them.
    return checks.size() == 1 ? Set.copyOf(checks) : Collections.unmodifiableSet(checks);
  }

  private Stream<CheckConfig> checks(Section check, Place place) {
    return switch (check.header().keyword().text()) {
      case "TCP_CHECK" -> Stream.of(tcp(check, place));
      case "HTTP_GET", "SSL_GET", "GRPC_CHECK" -> http.read(check, place).stream();
      case "SMTP_CHECK" -> smtp.read(check, place);
      case "DNS_CHECK" -> datagrams.dns(check, place).stream();
      case "UDP_CHECK" -> Stream.of(datagrams.udp(check, place));
      case "PING_CHECK" -> Stream.of(datagrams.ping(check, place));
      case "MISC_CHECK" -> misc.read(check, place).stream();
      case "FILE_CHECK" -> signals.file(check, place).stream();
      case "BFD_CHECK" -> signals.bfd(check, place).stream();
      default -> Stream.empty();
    };
  }

  private CheckConfig tcp(Section check, Place place) {
    Inherited words = place.inherited(check);
    return place.config(
        check,
        new Target.Tcp(place.connection(connections, check)),
        rules.read(
            words, Defaults.USUAL, RulesReader.stepNanos(words), FailureReason.CONNECT_TIMEOUT));
  }
}
