package io.keepstream.election.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.keepstream.election.vrrp.Mutations.Target;
import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever arrives, decoding gives a value, and what it refuses costs next to nothing. */
class HostileBytesTest {
  private static final long SEED = 20_260_101;
  private static final int PACKETS = 1_000_000;
  private static final int REFUSED = 100_000;
  private static final int BYTES_PER_REFUSAL = 1024;
  private static final List<Vector> VECTORS = Vector.all();

  @Test
  @Proves("VR-008")
  void aMillionPacketsAreBelievedOrRefused() {
    List<Target> targets = VECTORS.stream().map(Target::of).toList();
    SplittableRandom random = new SplittableRandom(SEED);
    Mutations mutations = new Mutations(SEED);
    EnumSet<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    int accepted = 0;
    for (int i = 0; i < PACKETS; i++) {
      Target target = targets.get(random.nextInt(targets.size()));
      Packet packet = mutations.of(target);
      switch (decode(target, packet, i)) {
        case Decoded.Accepted _ -> accepted++;
        case Decoded.Rejected(RejectReason reason) -> reasons.add(reason);
      }
    }
    EnumSet<RejectReason> unreachable =
        EnumSet.of(RejectReason.AUTH_EXT_STALE); // the clock stands still here
    assertThat(EnumSet.complementOf(unreachable)).isEqualTo(reasons);
    assertThat(accepted).isBetween(PACKETS / 100, PACKETS / 2);
  }

  private static Decoded decode(Target target, Packet packet, int number) {
    try {
      return target.decode(packet);
    } catch (RuntimeException e) {
      throw new AssertionError("packet " + number + " of " + target.vector().name(), e);
    }
  }

  @Test
  void aRefusalLeavesLittleGarbage() {
    Mutations mutations = new Mutations(SEED);
    List<Target> targets = VECTORS.stream().map(Target::of).toList();
    List<Runnable> refusals = new ArrayList<>();
    for (int i = 0; refusals.size() < VECTORS.size() * 4; i++) {
      Target target = targets.get(i % targets.size());
      Packet packet = mutations.of(target);
      if (decode(target, packet, i) instanceof Decoded.Rejected) {
        refusals.add(() -> target.decode(packet));
      }
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < REFUSED; i++) {
        refusals.get(i % refusals.size()).run();
      }
      allocated = Math.min(allocated, thread.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(allocated / REFUSED).as("bytes per refused packet").isLessThan(BYTES_PER_REFUSAL);
  }

  @Test
  void everyPrefixOfEveryPacketIsRefused() {
    for (Vector vector : VECTORS) {
      byte[] whole = vector.pdu();
      for (int length = 0; vector.captured() && length < whole.length; length++) {
        Packet packet = vector.packet();
        MemorySegment cut = MemorySegment.ofArray(whole).asSlice(0, length);
        Packet shorter =
            new Packet(
                cut,
                packet.source(),
                packet.destination(),
                packet.hopLimit(),
                packet.covered() == null
                    ? null
                    : packet
                        .covered()
                        .asSlice(0, packet.covered().byteSize() - whole.length + length),
                0);
        assertThat(AdvertisementCodec.decode(vector.receiver(), vector.protection(), shorter))
            .as("%s cut to %d bytes", vector.name(), length)
            .isInstanceOf(Decoded.Rejected.class);
      }
    }
  }
}
