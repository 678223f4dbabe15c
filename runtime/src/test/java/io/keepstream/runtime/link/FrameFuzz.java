package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keepstream.testkit.Allocated;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A search for bytes of a peer that reader and rules do not survive. */
class FrameFuzz {
  private static final Frame.Hello OWN = new Frame.Hello(1, "health", Set.of("h"));
  private static final Peering.Config CONFIG = new Peering.Config(OWN, null);
  private static final int MOST_INPUT_BYTES = 4096;
  private static final long MOST_ALLOCATED_BYTES = 4 << 20;

  static Stream<byte[]> seeds() {
    Body body = new Body("String", new byte[] {65});
    return Stream.of(
            new Frame.Hello(1, "election", Set.of("e")),
            new Frame.Ping(),
            new Frame.Request(1, "h", body),
            new Frame.Reply(1, body),
            new Frame.Failure(1, 2, "no"),
            new Frame.Publish("t", body))
        .map(FrameCodec::encode)
        .map(bytes -> chunk(bytes, bytes.length));
  }

  /** The first byte says how many bytes arrive at a time. */
  private static byte[] chunk(byte[] bytes, int atOnce) {
    byte[] input = new byte[bytes.length + 1];
    input[0] = (byte) atOnce;
    System.arraycopy(bytes, 0, input, 1, bytes.length);
    return input;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] input) {
    byte[] used = Arrays.copyOf(input, Math.min(input.length, MOST_INPUT_BYTES));
    assertThat(Allocated.by(() -> hear(used), MOST_ALLOCATED_BYTES))
        .as("bytes allocated")
        .isLessThan(MOST_ALLOCATED_BYTES);
  }

  private static void hear(byte[] input) {
    int atOnce = input.length == 0 ? 1 : Math.max(1, Byte.toUnsignedInt(input[0]));
    FrameReader reader = new FrameReader();
    State state = Peering.begin(CONFIG, 0).state();
    for (int from = 1; from < input.length; from += atOnce) {
      byte[] bytes = Arrays.copyOfRange(input, from, Math.min(input.length, from + atOnce));
      for (Decoded decoded : reader.take(bytes)) {
        Event event =
            switch (decoded) {
              case Decoded.Accepted(Frame frame) -> new Event.Heard(frame);
              case Decoded.Malformed(String detail) -> new Event.Garbled(detail);
            };
        state = Peering.next(CONFIG, state, event, from).state();
        assertThat(state.deadlineNanos()).isPositive();
      }
    }
  }
}
