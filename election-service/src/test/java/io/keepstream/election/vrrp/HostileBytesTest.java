package io.keepstream.election.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, decoding gives a value. */
class HostileBytesTest {
  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 200_000;

  @Test
  void randomBytesNeverThrow() {
    Random random = new Random(SEED);
    List<Vector> vectors = Vector.all();
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Vector vector = vectors.get(random.nextInt(vectors.size()));
      byte[] bytes = mutated(vector.pdu(), random);
      Packet packet =
          new Packet(
              MemorySegment.ofArray(bytes),
              vector.route().source(),
              vector.route().destination(),
              random.nextInt(256));
      if (AdvertisementCodec.decode(vector.receiver(), packet) instanceof Decoded.Accepted) {
        accepted++;
      }
    }
    assertThat(accepted).as("mutations that are still believed").isLessThan(ROUNDS / 20);
  }

  @Test
  void everyPrefixOfEveryPacketIsRefusedOrWhole() {
    for (Vector vector : Vector.all()) {
      if (vector.needsAuthenticationHeader() || !vector.captured()) {
        continue; // without its trailer such a packet is a whole one
      }
      byte[] whole = vector.pdu();
      for (int length = 0; length < whole.length; length++) {
        Packet packet =
            new Packet(
                MemorySegment.ofArray(whole).asSlice(0, length),
                vector.route().source(),
                vector.route().destination(),
                255);
        assertThat(AdvertisementCodec.decode(vector.receiver(), packet))
            .as("%s cut to %d bytes", vector.name(), length)
            .isInstanceOf(Decoded.Rejected.class);
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutated = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
    for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }
}
