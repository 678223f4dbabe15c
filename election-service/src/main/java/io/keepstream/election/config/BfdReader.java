package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.value.AddressText;
import io.keepstream.election.bfd.Bfd;
import io.keepstream.election.bfd.SessionConfig;
import io.keepstream.election.config.BfdConfig.Ends;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the {@code bfd_instance} blocks. */
final class BfdReader {
  private static final long DEFAULT_MICROS = TimeUnit.MILLISECONDS.toMicros(10);
  private static final long VERY_SLOW_MICROS = TimeUnit.SECONDS.toMicros(10);
  private static final int DEFAULT_MULTIPLIER = 5;
  private static final int ANY_HOPS = 255;

  private final Section block;
  private final Consumer<Diagnostic> problems;

  private BfdReader(Section block, Consumer<Diagnostic> problems) {
    this.block = block;
    this.problems = problems;
  }

  /** All sessions; one with errors is left out. */
  static List<BfdConfig> read(Section root, Consumer<Diagnostic> problems) {
    Map<String, Section> names = new HashMap<>();
    List<BfdConfig> sessions = new ArrayList<>();
    for (Section block : root.blocks("bfd_instance")) {
      BfdReader reader = new BfdReader(block, problems);
      Section first = names.putIfAbsent(block.name(), block);
      if (first != null) {
        reader.error(
            block.position(),
            "the name %s is already used at %s".formatted(block.name(), first.position()));
      } else {
        reader.read().filter(session -> reader.unlike(sessions, session)).ifPresent(sessions::add);
      }
    }
    return sessions;
  }

  private Optional<BfdConfig> read() {
    Optional<Ends> ends = ends();
    int hopLimit = number(latest("ttl", "hoplimit")).orElse(Bfd.HOP_LIMIT);
    int maxHops = number(block.last("max_hops")).orElse(0);
    boolean anyHops = maxHops < 0 || maxHops == ANY_HOPS;
    if (block.bool("multihop", false) && maxHops == 0) {
      problems.accept(
          Diagnostic.warning(
              position("multihop"),
              "without max_hops only packets that passed no router are believed"));
    }
    SessionConfig session =
        new SessionConfig(
            interval("min_tx"),
            interval("min_rx"),
            Math.max(Bfd.SLOW_MICROS, micros("idle_tx").orElse(Bfd.SLOW_MICROS)),
            number(block.last("multiplier")).orElse(DEFAULT_MULTIPLIER),
            block.has("passive"));
    return ends.map(
        known ->
            new BfdConfig(
                block.name(),
                known,
                session,
                hopLimit,
                anyHops ? 0 : Math.max(0, hopLimit - maxHops)));
  }

  private Optional<Ends> ends() {
    Optional<Statement> line = latest("neighbor_ip", "neighbour_ip");
    if (line.isEmpty()) {
      error(block.position(), "bfd_instance %s needs neighbor_ip".formatted(block.name()));
    }
    Optional<InetAddress> neighbor = line.map(l -> l.argument(0)).flatMap(Addresses::ip);
    InetAddress source = Words.address(block, "source_ip").orElse(null);
    return neighbor
        .filter(address -> sensible(address, source, line.orElseThrow()))
        .map(address -> new Ends(address, source, block.bool("multihop", false)));
  }

  private boolean sensible(InetAddress neighbor, InetAddress source, Statement neighborLine) {
    String text = AddressText.of(neighbor);
    if (neighbor.isMulticastAddress() || neighbor.isAnyLocalAddress()) {
      return error(argument(neighborLine), text + " is not the address of a neighbor");
    }
    if (source == null) {
      return !neighbor.isLinkLocalAddress()
          || !(neighbor instanceof Inet6Address)
          || error(
              argument(neighborLine),
              "the link-local neighbor_ip %s needs source_ip, whose interface leads to it"
                  .formatted(text));
    }
    Position sourceAt = argument(block.last("source_ip").orElseThrow());
    if (source.getClass() != neighbor.getClass()) {
      return error(
          sourceAt,
          "source_ip %s and neighbor_ip %s are not of one family"
              .formatted(AddressText.of(source), text));
    }
    return !source.equals(neighbor) || error(sourceAt, "source_ip and neighbor_ip are the same");
  }

  /** Packets are told apart by their addresses. */
  private boolean unlike(List<BfdConfig> sessions, BfdConfig next) {
    return sessions.stream()
        .filter(other -> alike(other.ends(), next.ends()))
        .findFirst()
        .map(
            twin ->
                error(
                    argument(latest("neighbor_ip", "neighbour_ip").orElseThrow()),
                    "bfd_instance %s has the same neighbor_ip and source_ip"
                        .formatted(twin.name())))
        .orElse(true);
  }

  private static boolean alike(Ends one, Ends other) {
    return one.neighbor().equals(other.neighbor())
        && one.multihop() == other.multihop()
        && (one.source() == null || other.source() == null || one.source().equals(other.source()));
  }

  private long interval(String word) {
    long micros = micros(word).orElse(DEFAULT_MICROS);
    if (micros > VERY_SLOW_MICROS) {
      problems.accept(
          Diagnostic.warning(
              position(word), "more than 10 seconds; %s is in milliseconds".formatted(word)));
    }
    return micros;
  }

  private Optional<Long> micros(String word) {
    return block.decimalNanos(word, DecimalUnit.MILLISECONDS).stream()
        .mapToObj(TimeUnit.NANOSECONDS::toMicros)
        .findFirst();
  }

  private Optional<Statement> latest(String word, String otherSpelling) {
    return block.statements().reversed().stream()
        .filter(line -> line.is(word) || line.is(otherSpelling))
        .findFirst();
  }

  private static Optional<Integer> number(Optional<Statement> line) {
    return line.map(l -> Numbers.integer(l.argument(0)))
        .filter(value -> value.isPresent())
        .map(value -> (int) value.getAsLong());
  }

  private Position position(String word) {
    return block.last(word).map(Statement::position).orElse(block.position());
  }

  private static Position argument(Statement line) {
    return line.arguments().getFirst().position();
  }

  private boolean error(Position position, String message) {
    problems.accept(Diagnostic.error(position, message));
    return false;
  }
}
