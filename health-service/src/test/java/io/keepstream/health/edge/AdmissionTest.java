package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final boolean SUSPECT = true;
  private static final boolean GOOD = false;

  private final Admission<String> admission = new Admission<>(4);

  @Test
  void thereIsAPlaceUntilAllAreTaken() {
    for (int i = 0; i < 4; i++) {
      assertThat(admission.enter("good" + i, GOOD)).isTrue();
    }
    assertThat(admission.enter("fifth", GOOD)).isFalse();
    assertThat(admission.next()).isNull();
    admission.leave(GOOD);
    assertThat(admission.next()).isEqualTo("fifth");
    assertThat(admission.next()).isNull();
  }

  @Test
  void suspectsNeverTakeTheLastQuarter() {
    for (int i = 0; i < 3; i++) {
      assertThat(admission.enter("hole" + i, SUSPECT)).isTrue();
    }
    assertThat(admission.enter("hole3", SUSPECT)).isFalse();
    assertThat(admission.enter("good", GOOD)).isTrue();
    admission.leave(GOOD);
    assertThat(admission.next()).isNull();
    admission.leave(SUSPECT);
    assertThat(admission.next()).isEqualTo("hole3");
  }

  @Test
  void whoAsksLaterDoesNotOvertake() {
    List.of("a", "b", "c", "d").forEach(each -> admission.enter(each, GOOD));
    assertThat(admission.enter("e", GOOD)).isFalse();
    admission.leave(GOOD);
    assertThat(admission.enter("f", GOOD)).isFalse();
    assertThat(admission.next()).isEqualTo("e");
    admission.leave(GOOD);
    assertThat(admission.next()).isEqualTo("f");
  }

  @Test
  void bothKindsTakeTurns() {
    List.of("a", "b", "c", "d").forEach(each -> admission.enter(each, GOOD));
    List.of("g1", "g2", "g3").forEach(each -> admission.enter(each, GOOD));
    List.of("s1", "s2").forEach(each -> admission.enter(each, SUSPECT));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      admission.leave(GOOD);
      String next = admission.next();
      order.add(next);
      if (next.startsWith("s")) {
        admission.leave(SUSPECT);
        admission.enter("filler" + i, GOOD);
      }
    }
    assertThat(order).containsExactly("g1", "s1", "g2", "s2", "g3");
  }

  @Test
  void whoGivesUpIsNotServed() {
    List.of("a", "b", "c", "d", "e", "f").forEach(each -> admission.enter(each, GOOD));
    admission.forget("e");
    admission.leave(GOOD);
    assertThat(admission.next()).isEqualTo("f");
  }

  @Test
  void nobodyWaitsForeverAndNoMoreRunThanMay() {
    Random random = new Random(1);
    List<String> running = new ArrayList<>();
    int waiting = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean suspect = random.nextBoolean();
      String one = (suspect ? "s" : "g") + i;
      if (waiting < 50 && random.nextBoolean()) {
        if (admission.enter(one, suspect)) {
          running.add(one);
        } else {
          waiting++;
        }
      } else if (!running.isEmpty()) {
        admission.leave(running.remove(random.nextInt(running.size())).startsWith("s"));
        for (String next = admission.next(); next != null; next = admission.next()) {
          running.add(next);
          waiting--;
        }
      }
      assertThat(running.size()).isLessThanOrEqualTo(4);
      assertThat(running.stream().filter(each -> each.startsWith("s")).count())
          .isLessThanOrEqualTo(3);
      assertThat(waiting == 0 || running.size() >= 3).as("a place stays empty").isTrue();
    }
  }
}
