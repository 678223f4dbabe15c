package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers with sequence 5 to batches that begin before, with or after it. */
final class BatchTest {
  private static final NetlinkReader DONE = Messages.single("0200", "0000", "00000000");
  private static final NetlinkReader REFUSED = Messages.single("0200", "0000", "ffffffff");

  private static Exchange.Batch of(int first, int count, NetlinkReader answer) {
    Exchange.Batch batch = new Exchange.Batch(first, count);
    batch.accept(answer);
    return batch;
  }

  @Test
  void theLastRequestIsAnswered() {
    Exchange.Batch whole = of(4, 1, DONE);
    assertThat(whole.answered()).isTrue();
    assertThat(whole.complete(0)).isEqualTo(new NfNetlink.Commit(new Ack.Done(), Map.of()));

    Exchange.Batch half = of(4, 2, DONE);
    assertThat(half.answered()).isFalse();
    assertThat(half.complete(Errno.ETIMEDOUT).ack()).isEqualTo(new Ack.Lost(Errno.ETIMEDOUT));
  }

  @Test
  void allRefusalsComeBeforeTheLastAnswer() {
    Ack refused = new Ack.Refused(Errno.EPERM, "");
    Exchange.Batch batch = of(4, 2, REFUSED);
    assertThat(batch.answered()).isFalse();
    batch.accept(Messages.single("0200", "0000", "00000000", 6));
    assertThat(batch.answered()).isTrue();
    assertThat(batch.complete(0)).isEqualTo(new NfNetlink.Commit(refused, Map.of(0, refused)));
    assertThat(of(4, 1, REFUSED).complete(0))
        .isEqualTo(new NfNetlink.Commit(refused, Map.of(0, refused)));
  }

  @Test
  void aRefusedBeginningOrEndIsTheOnlyAnswer() {
    assertThat(of(5, 3, REFUSED).answered()).isTrue();
    assertThat(of(3, 1, REFUSED).answered()).isTrue();
    assertThat(of(3, 1, REFUSED).complete(0).refused()).isEmpty();
    assertThat(of(5, 3, DONE).answered()).isFalse();
  }

  @Test
  void answersToOthersArePassedOver() {
    assertThat(of(6, 1, DONE).answered()).isFalse();
    assertThat(of(1, 2, REFUSED).answered()).isFalse();
  }
}
