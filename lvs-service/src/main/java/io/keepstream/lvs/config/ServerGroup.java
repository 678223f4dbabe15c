package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.AddressRange;
import io.keepstream.config.value.Numbers;
import io.keepstream.lvs.ipvs.Family;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A {@code virtual_server_group}: addresses and firewall marks that share a pool. */
record ServerGroup(String name, List<Entry> entries) {
  /** So that a short prefix length fills neither the kernel nor the memory of this program. */
  private static final BigInteger MAX_ADDRESSES = BigInteger.valueOf(4096);

  ServerGroup {
    entries = List.copyOf(entries);
  }

  /** A line of a group. */
  sealed interface Entry {}

  /** Neighbouring addresses; port 0 is any. */
  record Addresses(AddressRange range, int port) implements Entry {}

  /** A firewall mark, of the family of the group unless it says its own. */
  record Mark(long mark, Optional<Family> family) implements Entry {}

  /** The groups by name. */
  static Map<String, ServerGroup> readAll(Section root, Consumer<Diagnostic> problems) {
    Map<String, ServerGroup> groups = new LinkedHashMap<>();
    for (Section section : root.blocks("virtual_server_group")) {
      List<Entry> entries = new ArrayList<>();
      BigInteger addresses = BigInteger.ZERO;
      for (Statement line : section.statements()) {
        Optional<Entry> entry = entry(line);
        if (entry.isPresent() && entry.get() instanceof Addresses more) {
          addresses = addresses.add(more.range().size());
        }
        if (addresses.compareTo(MAX_ADDRESSES) > 0) {
          problems.accept(
              Diagnostic.error(
                  line.position(),
                  "the group has %s addresses up to here, at most %s are possible"
                      .formatted(addresses, MAX_ADDRESSES)));
          break;
        }
        entry.ifPresent(entries::add);
      }
      groups.putIfAbsent(section.name(), new ServerGroup(section.name(), entries));
    }
    return groups;
  }

  /** The families of the group's addresses and of the marks that say theirs. */
  List<Family> families() {
    return entries.stream()
        .flatMap(
            entry ->
                switch (entry) {
                  case Addresses addresses ->
                      Optional.of(Family.of(addresses.range().first())).stream();
                  case Mark mark -> mark.family().stream();
                })
        .distinct()
        .toList();
  }

  private static Optional<Entry> entry(Statement line) {
    if (line.is("fwmark")) {
      OptionalLong mark = Numbers.integer(line.argument(0));
      return mark.isPresent()
          ? Optional.of(new Mark(mark.getAsLong(), Values.family(line.argument(1))))
          : Optional.empty();
    }
    return AddressRange.read(line.keyword().text())
        .map(addresses -> new Addresses(addresses, Values.port(line.argument(0))));
  }
}
