package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.Allocated;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final List<Frame> FRAMES =
      List.of(
          new Frame.Hello(1, "election", Set.of("a", "b")),
          new Frame.Ping(),
          new Frame.Publish("topic", new Body("T", new byte[20_000])),
          new Frame.Ping());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 4096, 100_000})
  void itDoesNotMatterHowTheBytesArrive(int atOnce) {
    byte[] all = bytes(FRAMES);
    FrameReader reader = new FrameReader();
    List<Decoded> read = new ArrayList<>();
    for (int from = 0; from < all.length; from += atOnce) {
      read.addAll(reader.take(Arrays.copyOfRange(all, from, Math.min(all.length, from + atOnce))));
    }
    assertThat(read).containsExactlyElementsOf(accepted(FRAMES));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameCodec.MOST_BYTES + 1})
  void anImpossibleLengthEndsIt(int length) {
    FrameReader reader = new FrameReader();
    byte[] ping = FrameCodec.encode(new Frame.Ping());
    List<Decoded> read =
        reader.take(concat(ping, ByteBuffer.allocate(4).putInt(length).array(), ping));
    assertThat(read).hasSize(2);
    assertThat(read.getFirst()).isEqualTo(new Decoded.Accepted(new Frame.Ping()));
    assertThat(read.getLast()).isInstanceOf(Decoded.Malformed.class);
    assertThat(reader.take(ping)).isEmpty();
  }

  @Test
  void afterAMalformedFrameNothingIsRead() {
    FrameReader reader = new FrameReader();
    byte[] ping = FrameCodec.encode(new Frame.Ping());
    assertThat(reader.take(concat(new byte[] {0, 0, 0, 1, 99}, ping)))
        .singleElement()
        .isInstanceOf(Decoded.Malformed.class);
    assertThat(reader.take(ping)).isEmpty();
  }

  @Test
  void aPromisedLengthTakesNoMemory() {
    byte[] promise = ByteBuffer.allocate(5).putInt(FrameCodec.MOST_BYTES).array();
    long limit = 1 << 16;
    assertThat(Allocated.by(() -> new FrameReader().take(promise), limit)).isLessThan(limit);
  }

  private static List<Decoded> accepted(List<Frame> frames) {
    return frames.stream().<Decoded>map(Decoded.Accepted::new).toList();
  }

  private static byte[] bytes(List<Frame> frames) {
    return concat(frames.stream().map(FrameCodec::encode).toArray(byte[][]::new));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
