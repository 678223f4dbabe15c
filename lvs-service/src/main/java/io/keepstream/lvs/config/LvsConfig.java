package io.keepstream.lvs.config;

import io.keepstream.contract.event.BackendRef;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the configuration asks of the IPVS table.
 *
 * @param virtualServers in the order of the configuration; their identities are unique
 * @param tellsOfStart whether events tell of real servers that are up from the start on
 * @param receiveBufferBytes of the socket to the kernel, from the start on; empty for our own
 *     choice
 * @param dataplane what may carry the table out, from the start on
 * @param stateFile where what operators set is kept, from the start on, in the node's state
 *     directory where it says no other
 */
public record LvsConfig(
    List<VirtualServer> virtualServers,
    TableOptions table,
    boolean tellsOfStart,
    OptionalInt receiveBufferBytes,
    DataplaneRule dataplane,
    Path stateFile) {
  /** Where what operators set is kept when nobody says otherwise. */
  public static final Path STATE_FILE = Path.of("lvs-state.json");

  /** Nothing to balance. */
  public static final LvsConfig NOTHING = new LvsConfig(List.of());

  public LvsConfig {
    virtualServers = List.copyOf(virtualServers);
  }

  /** Virtual servers in a table for which nothing is set as a whole. */
  public LvsConfig(List<VirtualServer> virtualServers) {
    this(virtualServers, TableOptions.DEFAULT, false, OptionalInt.empty());
  }

  /** Virtual servers that anything may carry out. */
  public LvsConfig(
      List<VirtualServer> virtualServers,
      TableOptions table,
      boolean tellsOfStart,
      OptionalInt receiveBufferBytes) {
    this(virtualServers, table, tellsOfStart, receiveBufferBytes, DataplaneRule.ANY);
  }

  /** With the usual place for what operators set. */
  public LvsConfig(
      List<VirtualServer> virtualServers,
      TableOptions table,
      boolean tellsOfStart,
      OptionalInt receiveBufferBytes,
      DataplaneRule dataplane) {
    this(virtualServers, table, tellsOfStart, receiveBufferBytes, dataplane, STATE_FILE);
  }

  /** The same with other virtual servers. */
  public LvsConfig withVirtualServers(List<VirtualServer> others) {
    return new LvsConfig(others, table, tellsOfStart, receiveBufferBytes, dataplane, stateFile);
  }

  /** The real servers of all virtual servers. */
  public List<RealServer> realServers() {
    return virtualServers.stream().flatMap(server -> server.realServers().stream()).toList();
  }

  /** All real servers by the names that verdicts have for them. */
  public Set<BackendRef> backends() {
    return realServers().stream()
        .map(real -> real.server().backend())
        .collect(Collectors.toUnmodifiableSet());
  }
}
