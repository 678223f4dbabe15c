package io.keepstream.lvs.config;

import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceKey;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the header of a {@code virtual_server} names. */
sealed interface Target {

  /** {@code virtual_server IP [PORT]}; port 0 is any. */
  record ByAddress(InetAddress address, int port) implements Target {}

  /** {@code virtual_server fwmark N}. */
  record ByMark(long mark) implements Target {}

  /**
   * {@code virtual_server group NAME}.
   *
   * @param index how many virtual servers before use the group
   */
  record ByGroup(ServerGroup group, int index) implements Target {}

  /** Reads a header; empty when it names nothing, which the vocabulary reports. */
  static Optional<Target> read(
      Section section, Map<String, ServerGroup> groups, Map<String, Integer> groupUses) {
    String second = section.header().argument(1);
    return switch (section.name()) {
      case "fwmark" -> mark(second);
      case "group" -> {
        int index = groupUses.merge(second, 1, Integer::sum) - 1;
        yield Optional.ofNullable(groups.get(second)).map(group -> new ByGroup(group, index));
      }
      default ->
          Addresses.ip(section.name()).map(address -> new ByAddress(address, Values.port(second)));
    };
  }

  private static Optional<Target> mark(String word) {
    OptionalLong mark = Numbers.integer(word);
    return mark.isPresent() ? Optional.of(new ByMark(mark.getAsLong())) : Optional.empty();
  }

  /** The name in events, FIFO lines and mails. */
  default String name(Protocol protocol) {
    return switch (this) {
      case ByAddress(var address, var port) -> ServerName.of(address, protocol.name(), port);
      case ByMark(var mark) -> ServerName.ofFirewallMark(mark);
      case ByGroup(var group, var index) -> ServerName.ofGroup(group.name(), index);
    };
  }

  /** The families of packets that the header itself tells. */
  default List<Family> families() {
    return switch (this) {
      case ByAddress(var address, var port) -> List.of(Family.of(address));
      case ByMark mark -> List.of();
      case ByGroup(var group, var index) -> group.families();
    };
  }

  /**
   * The services.
   *
   * @param family of firewall marks that do not say their own
   */
  default List<ServiceKey> keys(Protocol protocol, Family family) {
    return switch (this) {
      case ByAddress(var address, var port) ->
          List.of(new ServiceKey.Address(protocol, address, port));
      case ByMark(var mark) -> List.of(new ServiceKey.FirewallMark(family, mark));
      case ByGroup(var group, var index) ->
          group.entries().stream().flatMap(entry -> keys(entry, protocol, family)).toList();
    };
  }

  private static Stream<ServiceKey> keys(
      ServerGroup.Entry entry, Protocol protocol, Family family) {
    return switch (entry) {
      case ServerGroup.Addresses(var range, var port) ->
          range.addresses().stream()
              .map(address -> new ServiceKey.Address(protocol, address, port));
      case ServerGroup.Mark(var mark, var own) ->
          Stream.of(new ServiceKey.FirewallMark(own.orElse(family), mark));
    };
  }
}
