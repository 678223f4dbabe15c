package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.Octets;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Numbered;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A way by which packets find their service, in one family; each has maps and sets of its own. */
record Way(Kind kind, Family family) {
  /** What a service is known by. */
  enum Kind {
    /** A firewall mark. */
    MARK,
    /** A protocol, address and port. */
    PORT,
    /** A protocol and address: all ports that no other service has. */
    HOST;

    private List<Field> service() {
      return switch (this) {
        case MARK -> List.of(Field.MARK);
        case PORT -> List.of(Field.PROTOCOL, Field.ADDRESS, Field.PORT);
        case HOST -> List.of(Field.PROTOCOL, Field.ADDRESS);
      };
    }

    private List<Field> all() {
      Stream<Field> server =
          this == PORT ? Stream.of(Field.SERVER, Field.SERVER_PORT) : Stream.of(Field.SERVER);
      return Stream.concat(service().stream(), server).toList();
    }
  }

  /** All of them; of several that fit the first finds the service. */
  static final List<Way> ALL =
      Arrays.stream(Kind.values())
          .flatMap(kind -> Arrays.stream(Family.values()).map(family -> new Way(kind, family)))
          .toList();

  /** The way to a service. */
  static Way to(ServiceKey service) {
    Kind kind =
        switch (service) {
          case ServiceKey.Address address -> address.port() == 0 ? Kind.HOST : Kind.PORT;
          case ServiceKey.FirewallMark _ -> Kind.MARK;
        };
    return new Way(kind, service.family());
  }

  /** From what a packet carries to the chain of its service. */
  NfSet services() {
    return NfSet.chains(named("services"), parts(kind.service()));
  }

  /** The services whose connections are masqueraded. */
  NfSet masqueraded() {
    return new NfSet(named("masqueraded"), parts(kind.service()), new NfSet.Keys());
  }

  /** What real servers have received, by service. */
  NfSet received() {
    return new NfSet(named("received"), parts(kind.all()), new NfSet.Counted());
  }

  /** What real servers have sent, by service. */
  NfSet sent() {
    return new NfSet(named("sent"), parts(kind.all()), new NfSet.Counted());
  }

  List<NfSet> sets() {
    return List.of(services(), masqueraded(), received(), sent());
  }

  private String named(String what) {
    return "%s-%s-%s".formatted(what, kind, family).toLowerCase(Locale.ROOT);
  }

  private List<NfSet.Part> parts(List<Field> fields) {
    return fields.stream().map(field -> field.part(family)).toList();
  }

  /** Loads the key of the service that the packet is for. */
  List<Expression> service() {
    return Field.ofPacket(kind.service(), family);
  }

  /** Loads the key of the service that the packet's connection is of. */
  List<Expression> serviceOfConnection() {
    return Field.ofConnection(kind.service(), family);
  }

  /** Loads the key of the service and real server that the packet's connection is of. */
  List<Expression> serverOfConnection() {
    return Field.ofConnection(kind.all(), family);
  }

  /** A service's key. */
  static Octets key(ServiceKey service) {
    return Octets.key(parts(service).toArray(Octets[]::new));
  }

  /** The key of a real server in a service; without a port of the service it has none either. */
  static Octets key(ServiceKey service, DestinationKey server) {
    Stream<Octets> address = Stream.of(Octets.of(server.address()));
    Stream<Octets> port =
        service instanceof ServiceKey.Address at && at.port() != 0
            ? Stream.of(Octets.net16(server.port() == 0 ? at.port() : server.port()))
            : Stream.empty();
    return Octets.key(
        Stream.of(parts(service), address, port).flatMap(parts -> parts).toArray(Octets[]::new));
  }

  private static Stream<Octets> parts(ServiceKey service) {
    return switch (service) {
      case ServiceKey.FirewallMark(var _, var mark) -> Stream.of(Octets.host32(mark));
      case ServiceKey.Address(var protocol, var address, var port) -> {
        Stream<Octets> host = Stream.of(Octets.u8(protocol.number()), Octets.of(address));
        yield port == 0 ? host : Stream.concat(host, Stream.of(Octets.net16(port)));
      }
    };
  }

  /** The service whose key this is; empty if it is none of ours. */
  Optional<ServiceKey> service(Octets key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.bytes());
    Optional<ServiceKey> service =
        switch (kind) {
          case MARK -> mark(bytes);
          case PORT, HOST -> address(bytes);
        };
    return service.filter(found -> to(found).equals(this) && key(found).equals(key));
  }

  private Optional<ServiceKey> mark(ByteBuffer bytes) {
    return bytes.remaining() == Integer.BYTES
        ? Optional.of(
            new ServiceKey.FirewallMark(
                family, Integer.toUnsignedLong(bytes.order(ByteOrder.nativeOrder()).getInt())))
        : Optional.empty();
  }

  private Optional<ServiceKey> address(ByteBuffer bytes) {
    int addressBytes = family == Family.IPV4 ? Integer.BYTES : 2 * Long.BYTES;
    int portBytes = kind == Kind.PORT ? Integer.BYTES : 0;
    if (bytes.remaining() != Integer.BYTES + addressBytes + portBytes) {
      return Optional.empty();
    }
    int protocol = Byte.toUnsignedInt(bytes.get(0));
    byte[] address = new byte[addressBytes];
    bytes.get(Integer.BYTES, address);
    int port =
        kind == Kind.PORT ? Short.toUnsignedInt(bytes.getShort(Integer.BYTES + addressBytes)) : 0;
    return Numbered.of(Protocol.values(), protocol)
        .flatMap(
            found -> family.address(address).map(at -> new ServiceKey.Address(found, at, port)));
  }
}
