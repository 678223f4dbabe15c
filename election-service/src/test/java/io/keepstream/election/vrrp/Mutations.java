package io.keepstream.election.vrrp;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Hostile packets: recorded ones with fields changed, cut, stretched and spliced with each other.
 * Half of them are made right again where a checksum or a signature would give them away, so that
 * what lies behind is reached too.
 */
final class Mutations {
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_AT = 6;
  private static final int ROOM_BYTES = 64;
  private static final int[] TELLING = {0, 1, 2, 3, 4, 5, 6, 7, 8, 0x7F, 0x80, 0xFE, 0xFF};

  /**
   * Something to mutate, with the receiver it is meant for.
   *
   * @param sealer protects mutated packets as the sender would
   */
  record Target(
      Vector vector,
      MemorySegment message,
      MemorySegment whole,
      Packet packet,
      Receiver receiver,
      Protection protection,
      Protection sealer) {
    static Target of(Vector vector) {
      return new Target(
          vector,
          MemorySegment.ofArray(vector.pdu()),
          MemorySegment.ofArray(vector.ipPacket()),
          vector.packet(),
          vector.receiver(),
          vector.protection(),
          vector.protection());
    }

    Decoded decode(Packet packet) {
      return AdvertisementCodec.decode(receiver, protection, packet);
    }

    private int headerBytes() {
      return packet.covered() == null ? 0 : (int) (whole.byteSize() - message.byteSize());
    }
  }

  private final SplittableRandom random;
  private final List<byte[]> messages = Vector.all().stream().map(Vector::pdu).toList();

  Mutations(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A packet made from the target's. */
  Packet of(Target target) {
    byte[] message = mutated(target.message().toArray(ValueLayout.JAVA_BYTE));
    boolean repaired = random.nextBoolean();
    Packet packet = packet(target, message, repaired);
    MemorySegment covered = packet.covered();
    if (covered != null && !repaired && random.nextBoolean()) {
      covered.set(
          ValueLayout.JAVA_BYTE, random.nextInt(target.headerBytes()), (byte) random.nextInt());
    }
    int hopLimit = random.nextInt(8) == 0 ? random.nextInt(256) : packet.hopLimit();
    return new Packet(packet.message(), source(packet), packet.destination(), hopLimit, covered, 0);
  }

  /**
   * A packet to the target with another message.
   *
   * @param repaired whether checksum and signature are made right
   */
  static Packet packet(Target target, byte[] message, boolean repaired) {
    Packet packet = target.packet();
    int headerBytes = target.headerBytes();
    byte[] whole = new byte[headerBytes + message.length + ROOM_BYTES];
    MemorySegment.copy(target.whole(), ValueLayout.JAVA_BYTE, 0, whole, 0, headerBytes);
    System.arraycopy(message, 0, whole, headerBytes, message.length);
    int length = headerBytes + message.length;
    if (repaired && message.length >= HEADER_BYTES) {
      length = repair(target, whole, length);
    }
    MemorySegment all = MemorySegment.ofArray(whole).asSlice(0, length);
    return new Packet(
        all.asSlice(headerBytes),
        packet.source(),
        packet.destination(),
        packet.hopLimit(),
        headerBytes > 0 ? all : null,
        0);
  }

  private InetAddress source(Packet packet) {
    return random.nextInt(16) == 0 ? Vrrp.GROUP_4 : packet.source();
  }

  private static int repair(Target target, byte[] whole, int length) {
    MemorySegment all = MemorySegment.ofArray(whole);
    int messageAt = target.headerBytes();
    Route route = new Route(target.packet().source(), target.packet().destination());
    MemorySegment message = all.asSlice(messageAt, length - messageAt);
    Bytes.putNetU16(message, CHECKSUM_AT, 0);
    int sum = AdvertisementCodec.checksum(target.receiver().forms().getFirst(), route, message);
    Bytes.putNetU16(message, CHECKSUM_AT, sum);
    if (messageAt < target.sealer().headerBytes()) {
      return length;
    }
    target.sealer().nextAdvert();
    return target.sealer().seal(route, all, messageAt, length);
  }

  private byte[] mutated(byte[] original) {
    byte[] bytes =
        switch (random.nextInt(6)) {
          case 0 -> Arrays.copyOf(original, random.nextInt(original.length + 40));
          case 1 -> spliced(original, messages.get(random.nextInt(messages.size())));
          case 2 -> stretched(original);
          default -> original.clone();
        };
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(8, bytes.length) : bytes.length);
      bytes[at] =
          (byte)
              (random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : random.nextInt());
    }
    return bytes;
  }

  private byte[] spliced(byte[] first, byte[] second) {
    int at = random.nextInt(Math.min(first.length, second.length) + 1);
    byte[] bytes = second.clone();
    System.arraycopy(first, 0, bytes, 0, at);
    return bytes;
  }

  /** As many addresses as the count says, up to all 255. */
  private byte[] stretched(byte[] original) {
    int count = random.nextInt(256);
    int each = random.nextBoolean() ? 4 : 16;
    byte[] bytes = Arrays.copyOf(original, 8 + count * each + (random.nextBoolean() ? 8 : 0));
    bytes[3] = (byte) count;
    return bytes;
  }
}
