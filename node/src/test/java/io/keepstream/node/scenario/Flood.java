package io.keepstream.node.scenario;

import io.keepstream.lab.LabHost;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.PacketSocket;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.InternetChecksum;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A stranger who sends spoofed adverts to one host as fast as this machine can. */
final class Flood {
  private static final Libc LIBC = new ForeignLibc();
  private static final int IP_AT = 14;
  private static final int VRRP_AT = 34;

  /** 32 bytes, TTL 255, protocol 112, from 10.0.0.66 to 224.0.0.18; the checksum is yet to come. */
  private static final String IP_HEADER = "45c0002000010000ff7000000a000042e0000012";

  /** Version 3 for VRID 51, none of them to be believed: checksum, interval, type, VRID. */
  private static final List<String> SPOOFS =
      List.of(
          "3133ff0100640000c000026e",
          "3133ff010000ffffc000026e",
          "3f33ff0100640000c000026e",
          "3177ff0100640000c000026e");

  private Flood() {}

  /** Sends for this long; returns the number of packets. */
  static long send(LabHost from, String device, String targetMac, Duration howLong)
      throws Exception {
    try (PacketSocket socket = from.inside(() -> PacketSocket.openSender(LIBC));
        Arena arena = Arena.ofConfined()) {
      int index = from.inside(() -> LIBC.if_nametoindex(device));
      List<MemorySegment> frames =
          SPOOFS.stream().map(spoof -> frame(arena, MacAddress.parse(targetMac), spoof)).toList();
      long endNanos = System.nanoTime() + howLong.toNanos();
      long sent = 0;
      while (System.nanoTime() < endNanos) {
        MemorySegment frame = frames.get((int) (sent % frames.size()));
        if (socket.send(index, frame, (int) frame.byteSize()) > 0) {
          sent++;
        }
      }
      return sent;
    }
  }

  private static MemorySegment frame(Arena arena, MacAddress target, String pdu) {
    byte[] message = HexFormat.of().parseHex(pdu);
    MemorySegment frame = arena.allocate(VRRP_AT + message.length);
    target.write(frame, 0);
    MacAddress.parse("02:00:00:00:66:66").write(frame, MacAddress.LENGTH);
    Bytes.putNetU16(frame, 12, 0x0800);
    byte[] header = HexFormat.of().parseHex(IP_HEADER);
    MemorySegment.copy(MemorySegment.ofArray(header), 0, frame, IP_AT, header.length);
    long sum = InternetChecksum.add(0, frame, IP_AT, header.length);
    Bytes.putNetU16(frame, IP_AT + 10, InternetChecksum.finish(sum));
    MemorySegment.copy(MemorySegment.ofArray(message), 0, frame, VRRP_AT, message.length);
    return frame;
  }
}
