package io.keepstream.election.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keepstream.election.vrrp.Mutations.Target;
import io.keepstream.testkit.Allocated;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A search for adverts that the decoder does not survive, starting from the recorded ones: their
 * receivers have passwords, authentication headers and signatures.
 */
class AdvertisementFuzz {
  private static final List<Target> TARGETS = Vector.all().stream().map(Target::of).toList();
  private static final int AS_IT_IS = 0;
  private static final int REPAIRED = 1;
  private static final int LEAD_BYTES = 2;
  private static final int MOST_MESSAGE_BYTES = 4096;
  private static final long MOST_ALLOCATED_BYTES = 1 << 16;

  static Stream<byte[]> recorded() {
    return IntStream.range(0, TARGETS.size())
        .boxed()
        .flatMap(number -> Stream.of(input(number, AS_IT_IS), input(number, REPAIRED)));
  }

  private static byte[] input(int number, int how) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(number);
    bytes.write(how);
    bytes.writeBytes(TARGETS.get(number).vector().pdu());
    return bytes.toByteArray();
  }

  /** First the number of the receiver, then whether checksum and signature are made right. */
  @MethodSource("recorded")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] input) {
    if (input.length < LEAD_BYTES) {
      return;
    }
    Target target = TARGETS.get(Byte.toUnsignedInt(input[0]) % TARGETS.size());
    int end = Math.min(input.length, LEAD_BYTES + MOST_MESSAGE_BYTES);
    byte[] message = Arrays.copyOfRange(input, LEAD_BYTES, end);
    Packet packet = Mutations.packet(target, message, (input[1] & REPAIRED) != 0);
    assertThat(Allocated.by(() -> target.decode(packet), MOST_ALLOCATED_BYTES))
        .as("bytes allocated for a packet")
        .isLessThan(MOST_ALLOCATED_BYTES);
  }
}
