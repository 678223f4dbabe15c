package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Tunnel;
import java.util.Iterator;
import java.util.function.Consumer;

/** Reads {@code NAT}, {@code DR} or {@code TUN} with its options. */
final class ForwardingReader {
  private ForwardingReader() {}

  /** Reads the arguments of {@code line}; NAT when they are none of the three. */
  static Forwarding read(Statement line, Consumer<Diagnostic> problems) {
    return switch (line.argument(0)) {
      case "DR" -> Forwarding.DIRECT_ROUTE;
      case "TUN" -> Forwarding.through(tunnel(line, problems));
      default -> Forwarding.MASQUERADE;
    };
  }

  private static Tunnel tunnel(Statement line, Consumer<Diagnostic> problems) {
    Tunnel.Type type = Tunnel.Type.IPIP;
    Tunnel.Checksum checksum = Tunnel.Checksum.NONE;
    int port = 0;
    Iterator<Word> words = line.arguments().listIterator(1);
    while (words.hasNext()) {
      switch (words.next().text()) {
        case "type" -> type = type(next(words));
        case "port" -> port = Values.port(next(words));
        case "nocsum" -> checksum = Tunnel.Checksum.NONE;
        case "csum" -> checksum = Tunnel.Checksum.FULL;
        case "remcsum" -> checksum = Tunnel.Checksum.REMOTE;
        default -> {}
      }
    }
    Tunnel tunnel = new Tunnel(type, port, checksum);
    String wrong = wrong(tunnel);
    if (!wrong.isEmpty()) {
      problems.accept(
          Diagnostic.warning(line.position(), "%s: a plain ipip tunnel is taken".formatted(wrong)));
      return Tunnel.IPIP;
    }
    return tunnel;
  }

  private static Tunnel.Type type(String word) {
    return switch (word) {
      case "gue" -> Tunnel.Type.GUE;
      case "gre" -> Tunnel.Type.GRE;
      default -> Tunnel.Type.IPIP;
    };
  }

  private static String next(Iterator<Word> words) {
    return words.hasNext() ? words.next().text() : "";
  }

  private static String wrong(Tunnel tunnel) {
    boolean gue = tunnel.type() == Tunnel.Type.GUE;
    if (gue != (tunnel.port() != 0)) {
      return gue ? "a gue tunnel needs a port" : "only a gue tunnel has a port";
    }
    return switch (tunnel.checksum()) {
      case NONE -> "";
      case FULL -> tunnel.type() == Tunnel.Type.IPIP ? "an ipip tunnel has no checksum" : "";
      case REMOTE -> gue ? "" : "only a gue tunnel has a remote checksum";
    };
  }
}
