package io.keepstream.node.benchmark;

import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Route;
import io.keepstream.lab.LabHost;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.PacketSocket;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.InternetChecksum;
import io.keepstream.linux.wire.IpAddresses;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/** A node that sends an advert of version 3 over IPv4 only when it is told to. */
final class Rival implements AutoCloseable {
  private static final Libc LIBC = new ForeignLibc();
  private static final InetAddress GROUP = InetAddress.ofLiteral("224.0.0.18");
  private static final int IP_AT = 14;
  private static final int VRRP_AT = 34;
  private static final int MOST_BYTES = 1500;

  /** 32 bytes, TTL 255, protocol 112; the checksum and the addresses are yet to come. */
  private static final byte[] IP_HEADER =
      HexFormat.of().parseHex("45c0002000010000ff7000000000000000000000");

  private final PacketSocket socket;
  private final int index;
  private final InetAddress source;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment frame = arena.allocate(MOST_BYTES);

  Rival(LabHost host, String device, String address) {
    socket = host.inside(() -> PacketSocket.openSender(LIBC));
    index = host.inside(() -> LIBC.if_nametoindex(device));
    source = InetAddress.ofLiteral(address);
    MacAddress.parse("01:00:5e:00:00:12").write(frame, 0);
    MacAddress.parse("02:00:00:00:00:02").write(frame, MacAddress.LENGTH);
    Bytes.putNetU16(frame, 12, 0x0800);
    MemorySegment.copy(MemorySegment.ofArray(IP_HEADER), 0, frame, IP_AT, IP_HEADER.length);
    IpAddresses.write(source, frame, IP_AT + 12);
    IpAddresses.write(GROUP, frame, IP_AT + 16);
    long sum = InternetChecksum.add(0, frame, IP_AT, IP_HEADER.length);
    Bytes.putNetU16(frame, IP_AT + 10, InternetChecksum.finish(sum));
  }

  /** Sends one advert, which has one address. */
  void says(int vrid, int priority, int intervalCentis, String address) throws ErrnoException {
    Advertisement advert =
        new Advertisement(
            3, vrid, priority, intervalCentis, List.of(InetAddress.ofLiteral(address)));
    int length =
        AdvertisementCodec.encode(
            advert,
            new Authentication.None(),
            ChecksumForm.PSEUDO_HEADER,
            new Route(source, GROUP),
            frame.asSlice(VRRP_AT));
    int sent = socket.send(index, frame, VRRP_AT + length);
    if (sent < 0) {
      throw new ErrnoException("sendto", -sent);
    }
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
