package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.inhibited;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.sorry;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.lvs.config.PanicRule;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.will.Duty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of a virtual server while some of it is drained. */
class DutyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Quorum ONE = new Quorum(1, 0);
  private static final Quorum TWO = new Quorum(2, 0);

  /**
   * A rule.
   *
   * @param steps one word for each second: {@code -1} is 10.2.0.1 down, {@code +1} up, {@code d1}
   *     drained, {@code o1} out, {@code s1} serving again
   * @param destinations what is then in the table, as {@code last=weight}
   */
  record Row(String rule, VirtualServer pool, String steps, String destinations, boolean quorum) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static VirtualServer with(PanicRule panic, RealServer... reals) {
    VirtualServer plain = pool(ONE, Optional.empty(), reals);
    return new VirtualServer(
        NAME,
        plain.services(),
        ONE,
        Optional.empty(),
        plain.realServers(),
        Optional.of(panic),
        false);
  }

  private static RealServer slow(int last) {
    return new RealServer(real(last, 100).server(), true, false, false, 10 * SECOND);
  }

  static List<Row> rules() {
    VirtualServer two = pool(ONE, Optional.empty(), real(1, 3), real(2, 1));
    VirtualServer quiet = pool(ONE, Optional.empty(), inhibited(real(1, 3)), real(2, 1));
    VirtualServer both = pool(TWO, sorry(9, false), real(1, 1), real(2, 1));
    VirtualServer panicking =
        with(new PanicRule(50, 60 * SECOND), real(1, 1), real(2, 1), real(3, 1), real(4, 1));
    VirtualServer brief =
        with(new PanicRule(50, 3 * SECOND), real(1, 1), real(2, 1), real(3, 1), real(4, 1));
    return List.of(
        new Row("drained has weight 0", two, "d1", "1=0 2=1", true),
        new Row("out is not in the table", two, "d1 o1", "2=1", true),
        new Row("and comes back with its weight", two, "d1 o1 s1", "1=3 2=1", true),
        new Row("drained and down is out of the table", two, "d1 -1", "2=1", true),
        new Row("and has weight 0 again when it is up", two, "d1 -1 +1", "1=0 2=1", true),
        new Row("no longer drained it is still down", two, "d1 -1 s1", "2=1", true),
        new Row(
            "inhibit_on_failure keeps it in while it is drained", quiet, "d1 -1", "1=0 2=1", true),
        new Row("but not when it is out", quiet, "d1 o1 -1", "2=1", true),
        new Row("drained counts nothing for the quorum", both, "d1", "1=0 9=1", false),
        new Row("quorum is gained with it again", both, "d1 s1", "1=1 2=1", true),
        new Row("its sessions go on beside a sorry server", both, "d1 -2", "1=0 9=1", false),
        new Row(
            "all drained leaves nothing that takes connections", two, "d1 d2", "1=0 2=0", false),
        new Row(
            "under slow_start it grows again",
            pool(ONE, Optional.empty(), slow(1), real(2, 1)),
            "d1 s1",
            "1=10 2=1",
            true),
        new Row(
            "drained does not count as failed in a panic",
            panicking,
            "d1 d2 -1 -2 -3",
            "4=1",
            true),
        new Row(
            "nor as one of those that could fail", panicking, "d1 d2 -1 -2 -3 -4", "3=1 4=1", true),
        new Row(
            "no longer drained, what has long been down is no fresh failure",
            brief,
            "d1 -1 x0 x0 x0 x0 s1 -2 -3",
            "2=1 3=1 4=1",
            true));
  }

  private Plan plan = Plan.NOTHING;
  private final List<Event> events = new ArrayList<>();

  private void play(VirtualServer pool, String steps) {
    Map<BackendRef, Verdict> verdicts = new HashMap<>();
    Map<BackendRef, Duty> duties = new HashMap<>();
    int second = 0;
    for (String step : ("x0 " + steps).split(" ", -1)) {
      BackendRef backend = backend(Integer.parseInt(step.substring(1)));
      switch (step.charAt(0)) {
        case '-' -> verdicts.put(backend, Verdict.DOWN);
        case '+' -> verdicts.put(backend, Verdict.UP);
        case 'd' -> duties.put(backend, Duty.DRAIN);
        case 'o' -> duties.put(backend, Duty.REST);
        default -> duties.remove(backend);
      }
      plan = plan.next(new Situation(config(pool), verdicts, Map.of(), duties), ++second * SECOND);
      events.addAll(plan.events());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void followsTheRule(Row row) {
    play(row.pool(), row.steps());
    String destinations =
        plan.desired().table().entry(key("10.1.1.1")).orElseThrow().destinations().values().stream()
            .map(each -> each.key().address().getAddress()[3] + "=" + each.weight())
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(destinations).isEqualTo(row.destinations());
    assertThat(plan.withQuorum().contains(row.pool().id())).isEqualTo(row.quorum());
  }

  @Test
  void drainingTellsOfNoFailureAndOfNoStart() {
    play(pool(ONE, Optional.empty(), real(1, 1), real(2, 1)), "d1 o1 s1 d2 s2");
    assertThat(events).noneMatch(BackendEvent.class::isInstance);
  }

  @Test
  void lossesAreWhatIsThereBeforeAndNotAfter() {
    VirtualServer two = pool(TWO, Optional.empty(), real(1, 1), real(2, 1));
    play(two, "s1");
    Plan before = plan;
    play(two, "d1");
    Plan less = plan;
    assertThat(Losses.of(before, less)).containsExactly(NAME + " without its quorum");
    assertThat(Losses.of(less, less)).isEmpty();
    play(two, "d1 d2");
    assertThat(Losses.of(less, plan))
        .containsExactly(NAME + " without a real server for new connections");
    assertThat(Losses.of(plan, before)).isEmpty();
  }
}
