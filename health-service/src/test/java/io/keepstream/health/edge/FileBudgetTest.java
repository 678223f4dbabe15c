package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.libc.OpenFileLimit;
import org.junit.jupiter.api.Test;

class FileBudgetTest {
  @Test
  void whatFitsIsNotComplainedAbout() {
    FileBudget budget = FileBudget.of(1000, 1512);
    assertThat(budget.attempts()).isEqualTo(1000);
    assertThat(budget.complaint(1000)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsSaidWithNumbersAndAWayOut() {
    FileBudget budget = FileBudget.of(20_000, 4096);
    assertThat(budget.attempts()).isEqualTo(3584);
    assertThat(budget.complaint(20_000))
        .isEqualTo(
            "20000 checks may need 20512 open files at the same time, and this process may have"
                + " 4096: at most 3584 attempts run at the same time, others wait. Raise the limit"
                + " to 20512 (LimitNOFILE= of the systemd unit, ulimit -n of a shell, --ulimit"
                + " nofile= of a container)");
  }

  @Test
  void evenATinyLimitLeavesAFew() {
    assertThat(FileBudget.of(1000, 64).attempts()).isEqualTo(16);
  }

  @Test
  void theLimitIsRaisedAsFarAsItCan() throws Exception {
    OpenFileLimit before = OpenFileLimit.now();
    long lowered = Math.min(before.hard(), 4096);
    new OpenFileLimit(lowered, before.hard()).set();
    try {
      FileBudget budget = FileBudget.raisedFor((int) (lowered + 100));
      assertThat(budget.limit()).isEqualTo(OpenFileLimit.now().soft());
      assertThat(budget.limit())
          .isGreaterThanOrEqualTo(Math.min(before.hard(), lowered + 100 + FileBudget.RESERVE));
    } finally {
      new OpenFileLimit(before.soft(), Math.max(before.hard(), before.soft())).set();
    }
  }
}
