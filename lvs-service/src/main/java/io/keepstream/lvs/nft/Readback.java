package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.Expression.Load;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of virtual services that a ruleset means. */
public final class Readback {
  /** Says of a service that its rules are not what this program writes. */
  static final String EDITED = "edited";

  private final Ruleset found;
  private final Map<String, List<String>> servers;

  private Readback(Ruleset found) {
    this.found = found;
    servers =
        found.chains().keySet().stream()
            .filter(Names::isOfServer)
            .collect(Collectors.groupingBy(Names::service));
  }

  /**
   * Reads a ruleset. Where the frame is not what it should be nothing balances, so there are no
   * services; a service that somebody has edited has the scheduler {@code edited}.
   */
  public static ServiceTable of(Ruleset found) {
    return found.has(Frame.RULESET) ? new Readback(found).table() : ServiceTable.EMPTY;
  }

  /**
   * What was read of a ruleset that has something else in it as well: if that is in none of the
   * services it may change all of them, so each is taken for edited.
   */
  public static ServiceTable suspect(ServiceTable read) {
    boolean told =
        read.entries().values().stream()
            .anyMatch(entry -> entry.service().scheduler().equals(EDITED));
    if (told) {
      return read;
    }
    Map<ServiceKey, Entry> entries = new LinkedHashMap<>();
    read.entries()
        .forEach((key, entry) -> entries.put(key, new Entry(edited(key), entry.destinations())));
    return new ServiceTable(entries, read.settings());
  }

  private ServiceTable table() {
    Map<ServiceKey, Entry> entries = new LinkedHashMap<>();
    for (Way way : Way.ALL) {
      for (NfElement element : found.elementsOf(way.services().name())) {
        way.service(element.key()).ifPresent(key -> entries.put(key, entry(key)));
      }
    }
    return new ServiceTable(entries);
  }

  private Entry entry(ServiceKey key) {
    String chain = Names.of(key);
    List<Destination> destinations = new ArrayList<>();
    for (String server : servers.getOrDefault(chain, List.of())) {
      destination(key, server).ifPresent(destinations::add);
    }
    return found.rulesOf(chain).stream()
        .flatMap(rule -> Label.service(key, rule.comment()).stream())
        .findFirst()
        .map(service -> Entry.of(service, destinations))
        .filter(Limits::allow)
        .filter(this::isWhole)
        .orElseGet(() -> Entry.of(edited(key), destinations));
  }

  /** Whether the ruleset has all of it, and nothing else by its name. */
  private boolean isWhole(Entry entry) {
    List<String> known = servers.getOrDefault(Names.of(entry.service().key()), List.of());
    return found.has(ServiceRules.of(entry)) && known.size() == entry.destinations().size();
  }

  private static VirtualService edited(ServiceKey key) {
    return new VirtualService(key, EDITED, Set.of(), Persistence.none(key.family()));
  }

  private Optional<Destination> destination(ServiceKey key, String chain) {
    List<NfRule> rules = found.rulesOf(chain);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    NfRule last = rules.getLast();
    List<byte[]> loads = new ArrayList<>();
    for (Expression each : last.expressions()) {
      if (each instanceof Load load) {
        loads.add(load.value().bytes());
      }
    }
    if (loads.isEmpty()) {
      return Optional.empty();
    }
    int port = loads.size() == 2 ? port(loads.getLast()) : 0;
    Optional<Integer> weight = Label.weight(last.comment());
    return key.family()
        .address(loads.getFirst())
        .filter(address -> weight.isPresent())
        .map(address -> new DestinationKey(address, port))
        .map(server -> new Destination(server, weight.get(), Forwarding.MASQUERADE, 0, 0));
  }

  private static int port(byte[] bytes) {
    return bytes.length == Short.BYTES ? Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort()) : 0;
  }
}
