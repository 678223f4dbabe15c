package io.keepstream.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ErrnoTest {
  @Test
  void saysNameAndText() {
    assertThat(Errno.describe(Errno.EADDRNOTAVAIL))
        .isEqualTo("EADDRNOTAVAIL: Cannot assign requested address");
    assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM");
    assertThat(Errno.describe(132)).isEqualTo("ERFKILL: Operation not possible due to RF-kill");
  }

  @Test
  void saysTheNumberOfWhatHasNoName() {
    assertThat(Errno.describe(0)).isEqualTo("errno 0");
    assertThat(Errno.describe(41)).isEqualTo("errno 41");
    assertThat(Errno.describe(-1)).isEqualTo("errno -1");
    assertThat(Errno.describe(4096)).isEqualTo("errno 4096");
  }

  @Test
  void anExceptionNamesTheCallAndWhatTheKernelSaid() {
    ErrnoException e = new ErrnoException("RTM_NEWADDR", Errno.EEXIST, "Address already assigned");
    assertThat(e).hasMessage("RTM_NEWADDR: EEXIST: File exists (Address already assigned)");
    assertThat(new ErrnoException("bind", Errno.EACCES))
        .hasMessage("bind: EACCES: Permission denied");
  }

  @Test
  void anExceptionKnowsWhetherTryingAgainMayHelp() {
    assertThat(new ErrnoException("sendmsg", Errno.ENOBUFS).retryable()).isTrue();
    assertThat(new ErrnoException("bind", Errno.EADDRINUSE).retryable()).isFalse();
  }

  @Test
  void checkThrowsOnNegativeResultsOnly() throws Exception {
    assertThat(ErrnoException.check("open", 0)).isZero();
    assertThatThrownBy(() -> ErrnoException.check("open", -Errno.ENOENT))
        .hasMessage("open: ENOENT: No such file or directory");
  }
}
