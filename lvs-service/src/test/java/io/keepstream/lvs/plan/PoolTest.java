package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.alpha;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VirtualServerEvent.PanicBegan;
import io.keepstream.contract.event.VirtualServerEvent.PanicEnded;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.PanicRule;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slow start and panic, step by step. */
class PoolTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Quorum ONE = new Quorum(1, 0);

  /**
   * A rule.
   *
   * @param steps one word for each moment, its second first: {@code 5-1+2} is 10.2.0.1 down and
   *     10.2.0.2 up at five seconds, {@code +2/5} with 5 more weight
   * @param destinations what is then in the table, as {@code last=weight}
   * @param panic whether there is panic then
   */
  record Row(String rule, VirtualServer pool, String steps, String destinations, boolean panic) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static RealServer slow(int last) {
    RealServer real = real(last, 100);
    return new RealServer(real.server(), true, false, false, 10 * SECOND);
  }

  private static VirtualServer panicking(RealServer... reals) {
    VirtualServer plain = pool(ONE, Optional.empty(), reals);
    return new VirtualServer(
        plain.name(),
        plain.services(),
        plain.quorum(),
        plain.sorryServer(),
        plain.realServers(),
        Optional.of(new PanicRule(50, 60 * SECOND)),
        false);
  }

  static List<Row> slowStart() {
    VirtualServer ramp = pool(ONE, Optional.empty(), slow(1), real(2, 100));
    return List.of(
        new Row("whoever is up at first has its whole weight", ramp, "0", "1=100 2=100", false),
        new Row("first heard to be up, it has it too", ramp, "0 3+1", "1=100 2=100", false),
        new Row("recovered, it begins small", ramp, "0 1-1 5+1", "1=10 2=100", false),
        new Row("and grows", ramp, "0 1-1 5+1 9", "1=50 2=100", false),
        new Row("to its whole weight", ramp, "0 1-1 5+1 15", "1=100 2=100", false),
        new Row("only if it asks for that", ramp, "0 1-2 5+2", "1=100 2=100", false),
        new Row(
            "up to the weight that checks want",
            ramp,
            "0+1/100 1-1/100 5+1/100",
            "1=20 2=100",
            false),
        new Row("which may change on the way", ramp, "0 1-1 5+1 9+1/-50", "1=25 2=100", false),
        new Row("each recovery begins anew", ramp, "0 1-1 5+1 20-1 21+1", "1=10 2=100", false),
        new Row(
            "alpha that comes up grows as well",
            pool(
                ONE, Optional.empty(), new RealServer(slow(1).server(), true, true, false, SECOND)),
            "0 3+1",
            "1=10",
            false));
  }

  static List<Row> panic() {
    VirtualServer four = panicking(real(1, 1), real(2, 1), real(3, 1), real(4, 1));
    VirtualServer ramp = panicking(slow(1), slow(2), slow(3), slow(4));
    return List.of(
        new Row("half is not more than half", four, "0 1-1-2", "3=1 4=1", false),
        new Row(
            "more than half at once are not believed", four, "0 1-1-2-3", "1=1 2=1 3=1 4=1", true),
        new Row("one after the other", four, "0 1-1 2-2 3-3", "1=1 2=1 3=1 4=1", true),
        new Row("nor is the rest", four, "0 1-1-2-3 9-4", "1=1 2=1 3=1 4=1", true),
        new Row("what failed long before is believed", four, "0 1-1 90-2-3", "2=1 3=1 4=1", true),
        new Row("the window is inclusive", four, "0 30-1 90-2-3", "1=1 2=1 3=1 4=1", true),
        new Row("the window does not move on", four, "0 1-1-2-3 500", "1=1 2=1 3=1 4=1", true),
        new Row("with few enough failed all is believed", four, "0 1-1-2-3 9+3", "3=1 4=1", false),
        new Row("also what has gone on", four, "0 1-1-2-3 9+3+1", "1=1 3=1 4=1", false),
        new Row(
            "who starts down has not failed",
            panicking(alpha(real(1, 1)), alpha(real(2, 1)), alpha(real(3, 1))),
            "0 1-1-2-3",
            "",
            false),
        new Row(
            "who never left the pool need not grow", ramp, "0 1-1-2-3 9+1", "1=100 4=100", false),
        new Row("who had left before does", ramp, "0 1-1 90-2-3 91+1", "1=10 4=100", false));
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>(slowStart());
    rows.addAll(panic());
    return rows;
  }

  private Plan plan = Plan.NOTHING;
  private final List<Event> events = new ArrayList<>();

  private void play(LvsConfig config, String steps) {
    Map<BackendRef, Verdict> verdicts = new HashMap<>();
    for (String step : steps.split(" ", -1)) {
      String[] words = step.split("(?<!/)(?=[+-])", -1);
      for (int i = 1; i < words.length; i++) {
        String[] parts = words[i].substring(1).split("/", -1);
        int adjustment = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        verdicts.put(
            backend(Integer.parseInt(parts[0])), new Verdict(words[i].startsWith("+"), adjustment));
      }
      plan = plan.next(new Situation(config, verdicts), Long.parseLong(words[0]) * SECOND);
      events.addAll(plan.events());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void followsTheRule(Row row) {
    play(config(row.pool()), row.steps());
    String destinations =
        plan.desired().table().entry(key("10.1.1.1")).orElseThrow().destinations().values().stream()
            .map(each -> each.key().address().getAddress()[3] + "=" + each.weight())
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(destinations).isEqualTo(row.destinations());
    long began = events.stream().filter(PanicBegan.class::isInstance).count();
    long ended = events.stream().filter(PanicEnded.class::isInstance).count();
    assertThat(began - ended).isEqualTo(row.panic() ? 1 : 0);
  }

  @Test
  void panicIsToldOnceAndItsEndToo() {
    VirtualServer four = panicking(real(1, 1), real(2, 1), real(3, 1), real(4, 1));
    play(config(four), "0 1-1-2-3 2 3-4 9+1+2");
    assertThat(events)
        .filteredOn(event -> event.summary().toLowerCase(java.util.Locale.ROOT).contains("panic"))
        .containsExactly(new PanicBegan(NAME, 3, 4, 50, 3), new PanicEnded(NAME, 2, 4, 8000));
    assertThat(new PanicBegan(NAME, 3, 4, 50, 3).summary())
        .isEqualTo(
            "PANIC: 3 of 4 real servers of VS [10.1.1.1]:tcp:80 are failed, more than 50 %: not"
                + " believed, keeping 3 of them in the pool");
  }

  @Test
  void quorumHoldsInPanicAndWhileWeightsGrow() {
    play(config(panicking(slow(1), slow(2))), "0 1-1-2 5+1");
    assertThat(plan.withQuorum()).hasSize(1);
    assertThat(events).noneMatch(VirtualServerEvent.QuorumLost.class::isInstance);
  }

  @Test
  void quorumCountsTheWeightsThatChecksWant() {
    play(config(pool(new Quorum(150, 0), Optional.empty(), slow(1))), "0 1-1 5+1/50");
    assertThat(plan.withQuorum()).as("with 15 of 150 so far").hasSize(1);
    play(config(pool(new Quorum(150, 0), Optional.empty(), slow(1))), "6+1/49");
    assertThat(plan.withQuorum()).isEmpty();
  }

  @Test
  void plansAgainWhenAWeightGrowsNext() {
    LvsConfig config = config(pool(ONE, Optional.empty(), slow(1)));
    play(config, "0 1-1");
    assertThat(plan.nextNanos()).isEqualTo(Plan.NEVER);
    play(config, "5+1");
    assertThat(plan.nextNanos()).isEqualTo(6 * SECOND);
    play(config, "6+1");
    assertThat(plan.nextNanos()).isEqualTo(7 * SECOND);
    play(config, "15+1");
    assertThat(plan.nextNanos()).isEqualTo(Plan.NEVER);
  }
}
