package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.lvs.ipvs.Protocol;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the real servers and the sorry server of a {@code virtual_server}. */
final class ServerReader {
  private static final List<String> CHECKS =
      List.of(
          "TCP_CHECK",
          "HTTP_GET",
          "SSL_GET",
          "SMTP_CHECK",
          "DNS_CHECK",
          "MISC_CHECK",
          "UDP_CHECK",
          "PING_CHECK",
          "FILE_CHECK",
          "BFD_CHECK");

  private final Section section;
  private final Target target;
  private final Protocol protocol;
  private final Forwarding defaultForwarding;
  private final Consumer<Diagnostic> problems;

  ServerReader(
      Section section,
      Target target,
      Protocol protocol,
      Forwarding defaultForwarding,
      Consumer<Diagnostic> problems) {
    this.section = section;
    this.target = target;
    this.protocol = protocol;
    this.defaultForwarding = defaultForwarding;
    this.problems = problems;
  }

  /** The family of the first real server. */
  Optional<Family> firstFamily() {
    return section.blocks("real_server").stream()
        .flatMap(real -> Addresses.ip(real.name()).stream())
        .map(Family::of)
        .findFirst();
  }

  /** The real servers that can serve packets of {@code families}. */
  List<RealServer> realServers(Set<Family> families) {
    Map<BackendRef, RealServer> reals = new LinkedHashMap<>();
    for (Section block : section.blocks("real_server")) {
      Optional<RealServer> real = realServer(block, families);
      if (real.isPresent()
          && reals.putIfAbsent(real.get().server().backend(), real.get()) != null) {
        problems.accept(
            Diagnostic.warning(
                block.position(),
                "real server %s is there already: ignored"
                    .formatted(real.get().server().backend().realServer())));
      }
    }
    return List.copyOf(reals.values());
  }

  /** The sorry server, if there is one that can serve packets of {@code families}. */
  Optional<SorryServer> sorryServer(Set<Family> families) {
    return section
        .last("sorry_server")
        .flatMap(
            line -> {
              Forwarding forwarding =
                  section
                      .last("sorry_server_lvs_method")
                      .map(method -> ForwardingReader.read(method, problems))
                      .orElse(defaultForwarding);
              Server.Connection connection = new Server.Connection(forwarding, 0, 0);
              int ownPort = Values.port(line.argument(1));
              return server(line, ownPort, 1, connection, families);
            })
        .map(server -> new SorryServer(server, section.has("sorry_server_inhibit")));
  }

  private Optional<RealServer> realServer(Section block, Set<Family> families) {
    Forwarding forwarding =
        block
            .last("lvs_method")
            .map(line -> ForwardingReader.read(line, problems))
            .orElse(defaultForwarding);
    long upper = block.wholeNumber("uthreshold").orElse(0);
    long lower = block.wholeNumber("lthreshold").orElse(0);
    if (lower > upper) {
      problems.accept(
          Diagnostic.error(
              block.position(),
              "lthreshold %d is above uthreshold %d, which the kernel refuses"
                  .formatted(lower, upper)));
    }
    int weight = block.integer("weight").orElse(section.integer("weight").orElse(1));
    int ownPort = Values.port(block.header().argument(1));
    int port =
        ownPort == 0 && target instanceof Target.ByAddress(var vip, var service)
            ? service
            : ownPort;
    List<Section> checks =
        CHECKS.stream()
            .flatMap(each -> block.blocks(each).stream())
            .filter(check -> !check.bool("shadow", false))
            .toList();
    boolean alpha = block.bool("alpha", section.has("alpha"));
    return server(
            block.header(), port, weight, new Server.Connection(forwarding, upper, lower), families)
        .map(
            server ->
                new RealServer(
                    server,
                    !checks.isEmpty(),
                    checks.stream().anyMatch(check -> check.bool("alpha", alpha)),
                    block.bool("inhibit_on_failure", section.has("inhibit_on_failure")),
                    slowStartNanos(block, weight)));
  }

  private long slowStartNanos(Section block, int weight) {
    long nanos =
        block.decimalNanos("slow_start").orElse(section.decimalNanos("slow_start").orElse(0));
    if (nanos > 0 && weight <= 1) {
      problems.accept(
          Diagnostic.warning(
              block.position(),
              "slow_start has no effect: there is nothing between 0 and weight %d to grow through"
                  .formatted(weight)));
    }
    return nanos;
  }

  private Optional<Server> server(
      Statement line, int ownPort, int weight, Server.Connection connection, Set<Family> families) {
    Optional<InetAddress> address = Addresses.ip(line.argument(0));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    boolean tunnelled = connection.forwarding().method() == ForwardingMethod.TUNNEL;
    if (!tunnelled && !families.equals(Set.of(Family.of(address.get())))) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "%s is not of the family of the virtual server, which only TUN can cross: ignored"
                  .formatted(line.argument(0))));
      return Optional.empty();
    }
    int port = reachedPort(line, ownPort, connection.forwarding());
    String protocolName = target instanceof Target.ByMark ? "none" : protocol.name();
    BackendRef backend =
        new BackendRef(target.name(protocol), ServerName.of(address.get(), protocolName, port));
    return Optional.of(new Server(backend, address.get(), port, weight, connection));
  }

  /** Without masquerading a server is reached at the port of the service, and is called so. */
  private int reachedPort(Statement line, int ownPort, Forwarding forwarding) {
    if (forwarding.method() == ForwardingMethod.MASQUERADE) {
      return ownPort;
    }
    int port =
        switch (target) {
          case Target.ByAddress(var address, var service) -> service;
          case Target.ByMark mark -> 0;
          case Target.ByGroup group -> ownPort;
        };
    if (ownPort != 0 && (ownPort != port || target instanceof Target.ByGroup)) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "port %d has no effect: %s reaches a server at the port of the virtual server"
                  .formatted(ownPort, forwarding.method().word())));
    }
    return port;
  }
}
