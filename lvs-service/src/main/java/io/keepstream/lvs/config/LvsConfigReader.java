package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the virtual servers of a configuration.
 *
 * <p>What keepalived runs with, after a message, is a warning here and has the same effect; what
 * the kernel would refuse, or what leaves it open which services are meant, is an error. Words and
 * values by themselves are checked by the vocabulary and read forgivingly.
 */
public final class LvsConfigReader {
  /** More would not fit into the memory of this program. */
  private static final long MAX_ENTRIES = 24_576;

  private final Consumer<Diagnostic> problems;
  private final Map<VirtualServer.Id, VirtualServer> servers = new LinkedHashMap<>();
  private final Map<ServiceKey, String> users = new HashMap<>();
  private long entries;

  private LvsConfigReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  /**
   * Reads a document.
   *
   * @param root the whole document
   * @param problems told what is wrong
   * @return the virtual servers without those that cannot work
   */
  public static LvsConfig read(Section root, Consumer<Diagnostic> problems) {
    return new LvsConfigReader(problems).read(root);
  }

  private LvsConfig read(Section root) {
    TableOptionsReader options = new TableOptionsReader(root);
    TableOptions table = options.read();
    Map<String, ServerGroup> groups = ServerGroup.readAll(root, problems);
    Map<String, Integer> groupUses = new HashMap<>();
    for (Section section : root.blocks("virtual_server")) {
      Target.read(section, groups, groupUses)
          .flatMap(target -> new VirtualServerReader(section, target, problems).read())
          .map(server -> masquerades(section, options) ? server.masqueraded() : server)
          .ifPresent(
              server -> {
                if (table.sync().isPresent()) {
                  refuseOtherFamilies(section, server);
                }
                add(section, server);
              });
    }
    return new LvsConfig(
        List.copyOf(servers.values()),
        table,
        options.tellsOfStart(),
        options.receiveBufferBytes(),
        dataplane(root, options.dataplane()),
        options.stateFile());
  }

  private static boolean masquerades(Section section, TableOptionsReader options) {
    return section.has("masquerade") && options.dataplane().equals(Optional.of(Dataplane.NFTABLES));
  }

  private DataplaneRule dataplane(Section root, Optional<Dataplane> chosen) {
    List<Diagnostic> obstacles = NftablesCheck.of(root);
    if (chosen.equals(Optional.of(Dataplane.NFTABLES))) {
      obstacles.forEach(problems);
    } else {
      warnOfMasquerading(root);
    }
    return new DataplaneRule(
        chosen, obstacles.stream().findFirst().map(it -> it.position() + ": " + it.message()));
  }

  private void warnOfMasquerading(Section root) {
    for (Section section : root.blocks("virtual_server")) {
      section
          .last("masquerade")
          .ifPresent(
              line ->
                  problems.accept(
                      Diagnostic.warning(
                          line.position(), "masquerade has no effect without dataplane nftables")));
    }
  }

  private void add(Section section, VirtualServer server) {
    boolean full = entries > MAX_ENTRIES;
    entries += (long) server.services().size() * (1 + server.realServers().size());
    if (entries > MAX_ENTRIES) {
      if (!full) {
        problems.accept(
            Diagnostic.error(
                section.position(),
                "the IPVS table would have %d entries up to here, at most %d are possible"
                    .formatted(entries, MAX_ENTRIES)));
      }
      return;
    }
    if (servers.containsKey(server.id())) {
      problems.accept(
          Diagnostic.warning(
              section.position(),
              ("virtual server %s is there already: its real servers are added to the first, the"
                      + " rest is ignored")
                  .formatted(server.name())));
    } else {
      warnOfSharedServices(section, server);
    }
    servers.merge(server.id(), server, VirtualServer::with);
  }

  private void refuseOtherFamilies(Section section, VirtualServer server) {
    boolean crosses =
        server.services().stream()
            .map(service -> service.key().family())
            .anyMatch(
                family ->
                    server.realServers().stream()
                        .anyMatch(real -> Family.of(real.server().address()) != family));
    if (crosses) {
      problems.accept(
          Diagnostic.error(
              section.position(),
              ("%s has real servers of the other family, which the kernel refuses beside a sync"
                      + " daemon")
                  .formatted(server.name())));
    }
  }

  /** Firewall marks of a group are meant to be shared, addresses are not. */
  private void warnOfSharedServices(Section section, VirtualServer server) {
    for (VirtualService service : server.services()) {
      String user = users.putIfAbsent(service.key(), server.name());
      if (user != null && service.key() instanceof ServiceKey.Address) {
        problems.accept(
            Diagnostic.warning(
                section.position(),
                "%s belongs to virtual server %s already, which says how it balances"
                    .formatted(service.key(), user)));
      }
    }
  }
}
