package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.libc.Errno;
import org.junit.jupiter.api.Test;

final class AckTest {
  /** NLM_F_CAPPED: of the request only its header is repeated. */
  private static final String CAPPED = "0001";

  private static final String CAPPED_WITH_TLVS = "0003";
  private static final String EXISTS = "efffffff";
  private static final String REQUEST_HEADER = "30000000 1400 0506 07000000 00000000";
  private static final String TEXT = "0d00 0100 416c726561647900 0000 0000".replace(" ", "");

  private static Ack read(String type, String flags, String body) {
    return Ack.read(Messages.single(type, flags, body));
  }

  @Test
  void zeroIsDone() {
    assertThat(read("0200", CAPPED, "00000000" + REQUEST_HEADER)).isEqualTo(new Ack.Done());
    assertThat(read("0300", "0200", "00000000")).isEqualTo(new Ack.Done());
  }

  @Test
  void anErrorIsRefused() {
    assertThat(read("0200", CAPPED, EXISTS + REQUEST_HEADER))
        .isEqualTo(new Ack.Refused(Errno.EEXIST, ""));
  }

  @Test
  void theKernelsTextFollowsTheRepeatedHeader() {
    assertThat(read("0200", CAPPED_WITH_TLVS, EXISTS + REQUEST_HEADER + TEXT))
        .isEqualTo(new Ack.Refused(Errno.EEXIST, "Already"));
  }

  @Test
  void theKernelsTextFollowsTheRepeatedRequest() {
    String request = "12000000 1400 0506 07000000 00000000 ffff 0000";
    assertThat(read("0200", "0002", EXISTS + request + TEXT))
        .isEqualTo(new Ack.Refused(Errno.EEXIST, "Already"));
  }

  @Test
  void theEndOfADumpMayBeAnErrorWithText() {
    assertThat(read("0300", "0202", EXISTS + TEXT))
        .isEqualTo(new Ack.Refused(Errno.EEXIST, "Already"));
  }

  @Test
  void anAnswerThatIsNotWholeIsNotTakenForSuccess() {
    assertThat(read("0200", CAPPED, "0000").errno()).isEqualTo(Errno.EBADMSG);
    assertThat(read("0200", "0002", EXISTS + "ffffffff")).isEqualTo(new Ack.Refused(17, ""));
  }

  @Test
  void everyAnswerHasAnErrorNumber() {
    assertThat(new Ack.Done().errno()).isZero();
    assertThat(new Ack.Refused(1, "").errno()).isEqualTo(1);
    assertThat(new Ack.Lost(Errno.ENOBUFS).errno()).isEqualTo(Errno.ENOBUFS);
  }
}
