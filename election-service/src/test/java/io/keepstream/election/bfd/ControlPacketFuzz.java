package io.keepstream.election.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keepstream.testkit.Allocated;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A search for a sequence of BFD packets that decoder and session do not survive. */
class ControlPacketFuzz {
  private static final SessionConfig CONFIG =
      new SessionConfig(10_000, 10_000, 1_000_000, 3, false);
  private static final int STRIDE_BYTES = 32;
  private static final int MOST_PACKETS = 64;
  private static final long MOST_ALLOCATED_BYTES = 1 << 18;

  static Stream<byte[]> recorded() {
    return Stream.of(
            "20400318237176ad00000000000f424000030d4000000000",
            "20800318237176ad00000007000f424000030d4000000000",
            "20e00318237176ad0000000700030d4000030d4000000000",
            "20c00318237176ad0000000700030d4000030d4000000000")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("recorded")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] input) {
    assertThat(Allocated.by(() -> hear(input), MOST_ALLOCATED_BYTES))
        .as("bytes allocated")
        .isLessThan(MOST_ALLOCATED_BYTES);
  }

  private static void hear(byte[] input) {
    Session session = Session.begin(CONFIG, 7, 0);
    int packets = Math.min(MOST_PACKETS, 1 + input.length / STRIDE_BYTES);
    for (int i = 0; i < packets; i++) {
      int from = i * STRIDE_BYTES;
      int to = Math.min(input.length, from + STRIDE_BYTES);
      byte[] message = trimmed(Arrays.copyOfRange(input, from, Math.max(from, to)));
      Moment moment = new Moment(i + 1L, 0.5);
      if (ControlPacketCodec.decode(MemorySegment.ofArray(message))
          instanceof Decoded.Accepted(ControlPacket packet)) {
        session = after(session, new Event.PacketHeard(packet), moment);
      }
      session = after(session, new Event.TimerExpired(), moment);
    }
  }

  /** A stride's last byte may say that the packet is shorter. */
  private static byte[] trimmed(byte[] stride) {
    return stride.length < STRIDE_BYTES
        ? stride
        : Arrays.copyOf(stride, stride[STRIDE_BYTES - 1] & (STRIDE_BYTES - 1));
  }

  private static Session after(Session session, Event event, Moment moment) {
    Session after = SessionMachine.next(CONFIG, session, event, moment).session();
    assertThat(Intervals.deadlineNanos(CONFIG, after)).isNotNegative();
    return after;
  }
}
