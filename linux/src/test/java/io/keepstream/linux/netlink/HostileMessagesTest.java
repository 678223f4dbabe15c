package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.NetlinkReader;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HostileMessagesTest {
  private static final List<byte[]> VALID =
      List.of(
          Messages.bytes(LinkMessages.dump()),
          Messages.bytes(
              AddressMessages.add(
                  Address.of(3, InetAddress.ofLiteral("2001:db8::1"), 64)
                      .label("eth0:1")
                      .lifetimes(1, 2)
                      .build())));

  @Test
  void noBytesMakeADecoderThrow() {
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = VALID.get(random.nextInt(VALID.size())).clone();
      for (int i = random.nextInt(8); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      bytes[4] = (byte) (16 + random.nextInt(8));
      bytes[5] = 0;
      decode(bytes, seed);
    }
  }

  private static void decode(byte[] bytes, long seed) {
    NetlinkReader reader = new NetlinkReader(MemorySegment.ofArray(bytes)).reset(bytes.length);
    try {
      while (reader.next()) {
        var _ = RouteMonitor.decode(reader);
        var _ = GenericNetlink.decodeFamily(reader);
        var _ = Ack.read(reader);
      }
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
