package io.keepstream.election.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BfdState;
import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, decoding gives a value, and what it accepts the machine survives. */
@Proves("BF-001")
class HostileBytesTest {
  private static final long SEED = 5880;
  private static final int ROUNDS = 1_000_000;
  private static final byte[] VALID =
      HexFormat.of().parseHex("20c00318237176ad0000000700030d4000030d4000000000");
  private static final int[] TELLING = {0, 1, 2, 3, 23, 24, 25, 26, 0x20, 0x7f, 0x80, 0xc0, 0xff};
  private static final SessionConfig CONFIG =
      new SessionConfig(10_000, 10_000, 1_000_000, 3, false);

  @Test
  void aMillionInputs() {
    Random random = new Random(SEED);
    Session session = Session.begin(CONFIG, 7, 0);
    int accepted = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      MemorySegment message = MemorySegment.ofArray(mutated(random));
      if (ControlPacketCodec.decode(message) instanceof Decoded.Accepted(ControlPacket packet)) {
        accepted++;
        session = survive(session, new Event.PacketHeard(packet), new Moment(round, 0.5));
        session = survive(session, new Event.TimerExpired(), new Moment(round, 0.5));
      }
    }
    assertThat(accepted).as("both ways are taken").isBetween(ROUNDS / 20, ROUNDS * 3 / 4);
  }

  private static Session survive(Session session, Event event, Moment moment) {
    Transition transition = SessionMachine.next(CONFIG, session, event, moment);
    Session after = transition.session();
    assertThat(transition.packets()).hasSizeLessThanOrEqualTo(1);
    assertThat(after.state()).isNotEqualTo(BfdState.ADMIN_DOWN);
    assertThat(Intervals.deadlineNanos(CONFIG, after)).isNotNegative();
    assertThat(Intervals.detectionMicros(after)).isNotNegative();
    for (ControlPacket packet : transition.packets()) {
      assertThat(packet.poll() && packet.answer()).isFalse();
      MemorySegment bytes = MemorySegment.ofArray(new byte[Bfd.PACKET_BYTES]);
      ControlPacketCodec.encode(packet, bytes);
      assertThat(ControlPacketCodec.decode(bytes)).isEqualTo(new Decoded.Accepted(packet));
    }
    return after;
  }

  /** A valid packet with some bytes replaced by telling or random ones, or of another length. */
  private static byte[] mutated(Random random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(64) : VALID.length;
    byte[] bytes = Arrays.copyOf(VALID, length);
    for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
      int at =
          random.nextInt(2) == 0 ? random.nextInt(Math.min(length, 4)) : random.nextInt(length);
      bytes[at] =
          (byte)
              (random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : random.nextInt());
    }
    return bytes;
  }
}
