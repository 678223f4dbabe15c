package io.keepstream.election.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.conflict.Conflict.News;
import io.keepstream.testkit.Proves;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConflictTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long QUIET = 3 * SECOND;
  private static final InetAddress RIVAL = InetAddress.ofLiteral("10.0.0.1");

  @Test
  @Proves("FI-03")
  void threeMinutesAreToldOncePerMinuteThenTheirEnd() {
    Conflict conflict = Conflict.NONE;
    List<News> told = new ArrayList<>();
    for (long now = 0; now < 180 * SECOND; now += SECOND) {
      Conflict.Step due = conflict.due(now);
      assertThat(due.news()).isEqualTo(News.NOTHING);
      Conflict.Step step = due.next().heard(RIVAL, 100, now, QUIET);
      conflict = step.next();
      if (step.news() != News.NOTHING) {
        told.add(step.news());
      }
    }
    assertThat(told).containsExactly(News.BEGINS, News.LASTS, News.LASTS);
    assertThat(conflict.adverts()).isEqualTo(180);
    assertThat(conflict.overNanos()).isEqualTo(182 * SECOND);

    assertThat(conflict.due(182 * SECOND - 1).news()).isEqualTo(News.NOTHING);
    Conflict.Step end = conflict.due(182 * SECOND);
    assertThat(end.news()).isEqualTo(News.ENDS);
    assertThat(end.subject().adverts()).isEqualTo(180);
    assertThat(end.next()).isEqualTo(Conflict.NONE);
  }

  @Test
  void leavingMasterEndsIt() {
    Conflict.Step begin = Conflict.NONE.heard(RIVAL, 100, SECOND, QUIET);
    assertThat(begin.next().end().news()).isEqualTo(News.ENDS);
    assertThat(Conflict.NONE.end().news()).isEqualTo(News.NOTHING);
    assertThat(Conflict.NONE.overNanos()).isEqualTo(Conflict.NEVER);
  }
}
