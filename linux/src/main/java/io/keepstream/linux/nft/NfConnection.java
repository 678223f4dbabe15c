package io.keepstream.linux.nft;

import io.keepstream.linux.wire.Conntrack;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection that conntrack knows.
 *
 * @param original as its first packet came
 * @param reply as answers come; it differs by what NAT has rewritten
 * @param mark of the connection; 0 for none
 * @param established whether it is, for TCP and SCTP; of other protocols it never is
 */
public record NfConnection(Tuple original, Tuple reply, long mark, boolean established) {
  private static final int HEADER = 4;
  private static final int IPV6_BYTES = 16;

  /**
   * One direction of it.
   *
   * @param protocol the number in the IP header
   */
  public record Tuple(
      int protocol,
      InetAddress source,
      int sourcePort,
      InetAddress destination,
      int destinationPort) {}

  /** Asks for the connections of both families whose destination was rewritten. */
  public static NetlinkMessage rewritten() {
    return message(
        Conntrack.IPCTNL_MSG_CT_GET,
        0,
        body -> {
          body.attrNetU32(Conntrack.CTA_STATUS, NfTables.IPS_DST_NAT);
          body.attrNetU32(Conntrack.CTA_STATUS_MASK, NfTables.IPS_DST_NAT);
        });
  }

  /** Has conntrack forget it: its next packet begins a new one. */
  public NetlinkMessage forget() {
    boolean six = original.source() instanceof Inet6Address;
    return message(
        Conntrack.IPCTNL_MSG_CT_DELETE,
        six ? NfTables.NFPROTO_IPV6 : NfTables.NFPROTO_IPV4,
        body -> body.nested(Conntrack.CTA_TUPLE_ORIG, tuple -> write(tuple, original, six)));
  }

  private static void write(NetlinkWriter body, Tuple tuple, boolean six) {
    body.nested(
        Conntrack.CTA_TUPLE_IP,
        ip -> {
          ip.attrAddress(six ? Conntrack.CTA_IP_V6_SRC : Conntrack.CTA_IP_V4_SRC, tuple.source());
          ip.attrAddress(
              six ? Conntrack.CTA_IP_V6_DST : Conntrack.CTA_IP_V4_DST, tuple.destination());
        });
    body.nested(
        Conntrack.CTA_TUPLE_PROTO,
        proto -> {
          proto.attrU8(Conntrack.CTA_PROTO_NUM, tuple.protocol());
          proto.attrNetU16(Conntrack.CTA_PROTO_SRC_PORT, tuple.sourcePort());
          proto.attrNetU16(Conntrack.CTA_PROTO_DST_PORT, tuple.destinationPort());
        });
  }

  private static NetlinkMessage message(int type, int family, Consumer<NetlinkWriter> attributes) {
    return new NetlinkMessage(
        Conntrack.NFNL_SUBSYS_CTNETLINK << Byte.SIZE | type,
        0,
        body -> {
          body.putU8(family).putU8(0).putNetU16(0);
          attributes.accept(body);
        });
  }

  /** Reads one; empty if it is none, or of a protocol without ports. */
  public static Optional<NfConnection> read(NetlinkReader message) {
    int type = Conntrack.NFNL_SUBSYS_CTNETLINK << Byte.SIZE | Conntrack.IPCTNL_MSG_CT_NEW;
    if (message.type() != type) {
      return Optional.empty();
    }
    Fields fields = Fields.read(message.attributes(HEADER));
    Optional<Tuple> reply = tuple(fields.nested(Conntrack.CTA_TUPLE_REPLY));
    return tuple(fields.nested(Conntrack.CTA_TUPLE_ORIG))
        .filter(original -> reply.isPresent())
        .filter(original -> (fields.u32(Conntrack.CTA_STATUS) & NfTables.IPS_DST_NAT) != 0)
        .map(
            original ->
                new NfConnection(
                    original,
                    reply.get(),
                    fields.u32(Conntrack.CTA_MARK),
                    established(fields.nested(Conntrack.CTA_PROTOINFO))));
  }

  private static boolean established(Fields info) {
    Fields tcp = info.nested(Conntrack.CTA_PROTOINFO_TCP);
    Fields sctp = info.nested(Conntrack.CTA_PROTOINFO_SCTP);
    return tcp.u8(Conntrack.CTA_PROTOINFO_STATE) == Conntrack.TCP_CONNTRACK_ESTABLISHED
        || sctp.u8(Conntrack.CTA_PROTOINFO_STATE) == Conntrack.SCTP_CONNTRACK_ESTABLISHED;
  }

  private static Optional<Tuple> tuple(Fields tuple) {
    Fields ip = tuple.nested(Conntrack.CTA_TUPLE_IP);
    Fields proto = tuple.nested(Conntrack.CTA_TUPLE_PROTO);
    boolean six = ip.has(Conntrack.CTA_IP_V6_SRC);
    Optional<InetAddress> source =
        address(ip.bytes(six ? Conntrack.CTA_IP_V6_SRC : Conntrack.CTA_IP_V4_SRC));
    Optional<InetAddress> destination =
        address(ip.bytes(six ? Conntrack.CTA_IP_V6_DST : Conntrack.CTA_IP_V4_DST));
    boolean whole =
        source.isPresent()
            && destination.isPresent()
            && proto.has(Conntrack.CTA_PROTO_SRC_PORT, Conntrack.CTA_PROTO_DST_PORT);
    return whole
        ? Optional.of(
            new Tuple(
                proto.u8(Conntrack.CTA_PROTO_NUM),
                source.get(),
                port(proto.bytes(Conntrack.CTA_PROTO_SRC_PORT)),
                destination.get(),
                port(proto.bytes(Conntrack.CTA_PROTO_DST_PORT))))
        : Optional.empty();
  }

  private static int port(byte[] bytes) {
    return bytes.length == Short.BYTES ? Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort()) : 0;
  }

  private static Optional<InetAddress> address(byte[] bytes) {
    try {
      return switch (bytes.length) {
        case Integer.BYTES -> Optional.of(InetAddress.getByAddress(bytes));
        // A mapped address would become IPv4 otherwise.
        case IPV6_BYTES -> Optional.of(Inet6Address.getByAddress(null, bytes, -1));
        default -> Optional.empty();
      };
    } catch (UnknownHostException e) {
      throw new AssertionError("the length is right", e);
    }
  }
}
