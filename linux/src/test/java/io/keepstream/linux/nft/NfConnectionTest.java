package io.keepstream.linux.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.nft.NfConnection.Tuple;
import io.keepstream.linux.wire.Conntrack;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NfConnectionTest {
  private static final int NEW =
      Conntrack.NFNL_SUBSYS_CTNETLINK << Byte.SIZE | Conntrack.IPCTNL_MSG_CT_NEW;
  private static final Tuple ORIGINAL = tuple("10.20.0.50", 40000, "10.20.0.100", 80);
  private static final Tuple REPLY = tuple("10.10.0.11", 8080, "10.20.0.50", 40000);

  private static Tuple tuple(String source, int sourcePort, String destination, int port) {
    return new Tuple(
        6, InetAddress.ofLiteral(source), sourcePort, InetAddress.ofLiteral(destination), port);
  }

  private static void put(NetlinkWriter body, int attribute, Tuple tuple) {
    body.nested(
        attribute,
        nest -> {
          nest.nested(
              Conntrack.CTA_TUPLE_IP,
              ip -> {
                ip.attrAddress(Conntrack.CTA_IP_V4_SRC, tuple.source());
                ip.attrAddress(Conntrack.CTA_IP_V4_DST, tuple.destination());
              });
          nest.nested(
              Conntrack.CTA_TUPLE_PROTO,
              proto -> {
                proto.attrU8(Conntrack.CTA_PROTO_NUM, tuple.protocol());
                proto.attrNetU16(Conntrack.CTA_PROTO_SRC_PORT, tuple.sourcePort());
                proto.attrNetU16(Conntrack.CTA_PROTO_DST_PORT, tuple.destinationPort());
              });
        });
  }

  private static Optional<NfConnection> read(int type, int status) {
    NetlinkMessage message =
        new NetlinkMessage(
            type,
            0,
            body -> {
              body.putU8(NfTables.NFPROTO_IPV4).putU8(0).putNetU16(0);
              put(body, Conntrack.CTA_TUPLE_ORIG, ORIGINAL);
              put(body, Conntrack.CTA_TUPLE_REPLY, REPLY);
              body.attrNetU32(Conntrack.CTA_STATUS, status);
              body.nested(
                  Conntrack.CTA_PROTOINFO,
                  info ->
                      info.nested(
                          Conntrack.CTA_PROTOINFO_TCP,
                          tcp ->
                              tcp.attrU8(
                                  Conntrack.CTA_PROTOINFO_STATE,
                                  Conntrack.TCP_CONNTRACK_ESTABLISHED)));
              body.attrNetU32(Conntrack.CTA_MARK, 7);
            });
    return NfConnection.read(NfAnswersTest.reader(NfAnswersTest.bytes(message)));
  }

  @Test
  void aConnectionIsReadInBothDirections() {
    assertThat(read(NEW, NfTables.IPS_DST_NAT))
        .contains(new NfConnection(ORIGINAL, REPLY, 7, true));
  }

  @Test
  void whatWentWhereItWasSentIsPassedOver() {
    assertThat(read(NEW, 0)).isEmpty();
    assertThat(read(NEW + 1, NfTables.IPS_DST_NAT)).isEmpty();
  }

  @Test
  void whoeverIsForgottenIsNamedByItsFirstPacket() {
    byte[] bytes = NfAnswersTest.bytes(new NfConnection(ORIGINAL, REPLY, 0, true).forget());
    assertThat(HexFormat.of().formatHex(bytes))
        .contains("080001000a140032" + "080002000a140064") // from, to
        .contains("0500010006000000" + "060002009c400000" + "0600030000500000");
  }
}
