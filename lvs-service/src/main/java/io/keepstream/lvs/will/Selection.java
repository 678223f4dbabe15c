package io.keepstream.lvs.will;

import io.keepstream.config.vocabulary.Nearest;
import io.keepstream.contract.value.AddressText;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which servers of a configuration an operator means. */
final class Selection {
  private static final char OF = '/';

  private final LvsConfig config;

  Selection(LvsConfig config) {
    this.config = config;
  }

  /**
   * The real servers: {@code SERVER} in all virtual servers, {@code VIP/SERVER} in one, {@code VIP}
   * for all of it.
   *
   * @throws IllegalArgumentException with a message for people when there is none
   */
  List<RealServer> realServers(String target) {
    int slash = target.indexOf(OF);
    if (slash >= 0) {
      List<VirtualServer> servers = virtualServersOfOneName(target.substring(0, slash));
      String name = target.substring(slash + 1);
      List<RealServer> found = in(servers, name);
      if (found.isEmpty()) {
        throw unknown("real server of " + servers.getFirst().name(), name, names(servers));
      }
      return found;
    }
    List<RealServer> reals = in(config.virtualServers(), target);
    if (!reals.isEmpty()) {
      return reals;
    }
    List<VirtualServer> servers = virtualServers(target);
    if (servers.isEmpty()) {
      List<String> known = new ArrayList<>(names(config.virtualServers()));
      config.virtualServers().forEach(each -> known.addAll(names(each)));
      throw unknown("real server or virtual server", target, known);
    }
    return servers.stream().flatMap(server -> server.realServers().stream()).toList();
  }

  /**
   * The virtual server; that of each family where a firewall mark is used in both.
   *
   * @throws IllegalArgumentException with a message for people when there is none, or several names
   */
  List<VirtualServer> virtualServersOfOneName(String target) {
    List<VirtualServer> found = virtualServers(target);
    if (found.isEmpty()) {
      throw unknown(
          "virtual server",
          target,
          config.virtualServers().stream().flatMap(each -> names(each).stream()).toList());
    }
    List<String> names = found.stream().map(VirtualServer::name).distinct().toList();
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' may be any of %s".formatted(target, String.join(", ", names)));
    }
    return found;
  }

  private List<VirtualServer> virtualServers(String target) {
    return config.virtualServers().stream().filter(server -> is(server, target)).toList();
  }

  private static boolean is(VirtualServer server, String target) {
    boolean named = names(server).contains(target) || server.name().startsWith("[" + target + "]:");
    return named
        || Endpoint.parse(target)
            .filter(
                endpoint ->
                    server.services().stream().anyMatch(each -> matches(endpoint, each.key())))
            .isPresent();
  }

  private static boolean matches(Endpoint endpoint, ServiceKey key) {
    return switch (key) {
      case ServiceKey.Address(var _, var address, var port) -> endpoint.matches(address, port);
      case ServiceKey.FirewallMark _ -> false;
    };
  }

  private static List<RealServer> in(List<VirtualServer> servers, String target) {
    Optional<Endpoint> endpoint = Endpoint.parse(target);
    return servers.stream()
        .flatMap(server -> server.realServers().stream())
        .filter(real -> is(real.server(), target, endpoint))
        .toList();
  }

  private static boolean is(Server server, String target, Optional<Endpoint> endpoint) {
    return server.backend().realServer().equals(target)
        || endpoint.filter(it -> it.matches(server.address(), server.port())).isPresent();
  }

  /** How a virtual server may be called. */
  private static List<String> names(VirtualServer server) {
    Stream<String> byAddress =
        server.services().stream()
            .limit(1)
            .map(
                service ->
                    switch (service.key()) {
                      case ServiceKey.Address(var _, var address, var port) ->
                          AddressText.withPort(address, port);
                      case ServiceKey.FirewallMark(var _, var mark) -> "fwmark " + mark;
                    });
    return Stream.concat(Stream.of(server.name()), byAddress).toList();
  }

  private static List<String> names(List<VirtualServer> servers) {
    return servers.stream()
        .flatMap(server -> server.realServers().stream())
        .map(RealServer::server)
        .map(server -> AddressText.withPort(server.address(), server.port()))
        .distinct()
        .toList();
  }

  private static IllegalArgumentException unknown(String what, String target, List<String> known) {
    return new IllegalArgumentException(
        "there is no %s '%s'%s".formatted(what, target, Nearest.hint(target, known)));
  }
}
