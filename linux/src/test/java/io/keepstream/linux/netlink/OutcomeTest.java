package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.libc.Errno;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  @Test
  @Tag("NL-003")
  void ofAddition() {
    assertThat(Outcome.ofAddition(new Ack.Done())).isEqualTo(new Outcome.Done());
    assertThat(Outcome.ofAddition(new Ack.Refused(Errno.EEXIST, "Address already assigned")))
        .isEqualTo(new Outcome.AlreadyThere());
    assertThat(Outcome.ofAddition(new Ack.Refused(Errno.ENODEV, "")))
        .hasToString("ENODEV: No such device");
    assertThat(Outcome.ofAddition(new Ack.Refused(Errno.EINVAL, "Invalid prefix")))
        .hasToString("EINVAL: Invalid argument (Invalid prefix)");
    assertThat(Outcome.ofAddition(new Ack.Lost(Errno.ENOBUFS)))
        .isEqualTo(new Outcome.Failed(Errno.ENOBUFS, "no answer"));
  }

  @Test
  @Tag("NL-003")
  void ofAddressRemoval() {
    assertThat(Outcome.ofAddressRemoval(new Ack.Done())).isEqualTo(new Outcome.Done());
    assertThat(Outcome.ofAddressRemoval(new Ack.Refused(Errno.EADDRNOTAVAIL, "")))
        .isEqualTo(new Outcome.Absent());
    assertThat(Outcome.ofAddressRemoval(new Ack.Refused(Errno.ENODEV, "")))
        .isEqualTo(new Outcome.Absent());
    assertThat(Outcome.ofAddressRemoval(new Ack.Refused(Errno.EPERM, "")).achieved()).isFalse();
    assertThat(Outcome.ofAddressRemoval(new Ack.Lost(Errno.ETIMEDOUT)).achieved()).isFalse();
  }
}
