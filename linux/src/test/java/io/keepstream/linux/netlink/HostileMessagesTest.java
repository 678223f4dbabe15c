package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.NetlinkReader;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HostileMessagesTest {
  private static final long SEED = 20_260_101;
  private static final List<byte[]> VALID =
      List.of(
          Messages.bytes(LinkMessages.dump()),
          Messages.bytes(
              AddressMessages.add(
                  Address.of(3, InetAddress.ofLiteral("2001:db8::1"), 64)
                      .label("eth0:1")
                      .lifetimes(1, 2)
                      .build())));

  private static final int MESSAGES = 1_000_000;
  private static final int HEADER_BYTES = 16;

  /** Lengths that are too short, too long, odd, or that go round. */
  private static final int[] LENGTHS = {0, 1, 3, 4, 5, 7, 8, 15, 16, 17, 0x7FFF, 0x8004, 0xFFFF};

  @Test
  void noBytesMakeADecoderThrow() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = joined(random);
      for (int change = random.nextInt(8); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      for (int change = random.nextInt(3); change > 0; change--) {
        int word = random.nextInt(bytes.length / Integer.BYTES) * Integer.BYTES;
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        Bytes.putHostU16(MemorySegment.ofArray(bytes), word, length);
      }
      bytes[4] = (byte) (16 + random.nextInt(24));
      bytes[5] = 0;
      int received = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 1);
      decode(bytes, received, i);
    }
  }

  /** One message, or two in one datagram. */
  private static byte[] joined(SplittableRandom random) {
    byte[] first = VALID.get(random.nextInt(VALID.size()));
    if (random.nextBoolean()) {
      return first.clone();
    }
    byte[] second = VALID.get(random.nextInt(VALID.size()));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    both[first.length + 4] = (byte) (HEADER_BYTES + random.nextInt(24));
    return both;
  }

  private static void decode(byte[] bytes, int received, int number) {
    NetlinkReader reader = new NetlinkReader(MemorySegment.ofArray(bytes)).reset(received);
    try {
      while (reader.next()) {
        var _ = RouteMonitor.decode(reader);
        var _ = GenericNetlink.decodeFamily(reader);
        var _ = Ack.read(reader);
      }
    } catch (RuntimeException e) {
      throw new AssertionError("message " + number, e);
    }
  }
}
