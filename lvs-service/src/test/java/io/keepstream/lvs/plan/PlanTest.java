package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.alpha;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.inhibited;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.server;
import static io.keepstream.lvs.plan.Samples.service;
import static io.keepstream.lvs.plan.Samples.sorry;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.VirtualServerEvent.QuorumGained;
import io.keepstream.contract.event.VirtualServerEvent.QuorumLost;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {
  private static final Quorum ONE = new Quorum(1, 0);
  private static final Quorum TWO = new Quorum(2, 0);
  private static final RealServer R1 = real(1, 1);
  private static final RealServer R2 = real(2, 1);
  private static final RealServer R3 = real(3, 1);

  /**
   * A rule.
   *
   * @param steps verdicts one after the other, {@code -1} is 10.2.0.1 down, {@code +2} 10.2.0.2 up,
   *     {@code +2/5} up with 5 more weight
   * @param destinations what is then in the table, as {@code last=weight}
   */
  record Row(String rule, VirtualServer pool, String steps, String destinations, boolean quorum) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static List<Row> rules() {
    VirtualServer two = pool(ONE, Optional.empty(), R1, R2);
    VirtualServer sorry = pool(TWO, sorry(9, false), R1, R2);
    VirtualServer sorryInhibited = pool(TWO, sorry(9, true), R1, R2);
    VirtualServer hysteresis =
        pool(new Quorum(4, 2), Optional.empty(), real(1, 3), real(2, 2), real(3, 1));
    RealServer quiet = inhibited(R1);
    return List.of(
        new Row("without verdict a real server is in the pool", two, "", "1=1 2=1", true),
        new Row("down is out of the table", two, "-1", "2=1", true),
        new Row("up again is in the table again", two, "-1 +1", "1=1 2=1", true),
        new Row("the last one down leaves the service empty", two, "-1 -2", "", false),
        new Row("alpha starts out", pool(ONE, Optional.empty(), alpha(R1), R2), "", "2=1", true),
        new Row(
            "alpha comes in when up", pool(ONE, Optional.empty(), alpha(R1)), "+1", "1=1", true),
        new Row(
            "inhibit_on_failure stays with weight 0",
            pool(ONE, Optional.empty(), quiet, R2),
            "-1",
            "1=0 2=1",
            true),
        new Row(
            "alpha with inhibit_on_failure starts with weight 0",
            pool(ONE, Optional.empty(), alpha(quiet), R2),
            "",
            "1=0 2=1",
            true),
        new Row(
            "what nothing checks is always up",
            pool(ONE, Optional.empty(), new RealServer(R1.server(), false, false, false)),
            "-1",
            "1=1",
            true),
        new Row(
            "a configured weight of 0 is in the table",
            pool(ONE, Optional.empty(), real(1, 0), R2),
            "",
            "1=0 2=1",
            true),
        new Row("checks add weight", two, "+1/5", "1=6 2=1", true),
        new Row("checks take weight, but not below 0", two, "+1/-7", "1=0 2=1", true),
        new Row("adjusted weight counts for the quorum", sorry, "-1 +2/1", "2=2", true),
        new Row("quorum lost without sorry server changes no table", two(TWO), "-1", "2=1", false),
        new Row("the sorry server is out while quorum holds", sorry, "", "1=1 2=1", true),
        new Row("quorum lost puts the sorry server alone", sorry, "-1", "9=1", false),
        new Row("without quorum verdicts only count", sorry, "-1 -2 +1", "9=1", false),
        new Row("quorum gained puts the pool back", sorry, "-1 -2 +1 +2", "1=1 2=1", true),
        new Row(
            "sorry_server_inhibit waits with weight 0", sorryInhibited, "", "1=1 2=1 9=0", true),
        new Row("sorry_server_inhibit serves when needed", sorryInhibited, "-1", "9=1", false),
        new Row(
            "without quorum inhibited real servers rest, up or not",
            pool(TWO, sorry(9, false), inhibited(R1), inhibited(R2)),
            "-2",
            "1=0 2=0 9=1",
            false),
        new Row(
            "a sorry server that is a real server serves",
            pool(TWO, sorry(1, false), inhibited(R1), R2),
            "-2",
            "1=1",
            false),
        new Row(
            "alpha starts with the sorry server",
            pool(ONE, sorry(9, false), alpha(R1)),
            "",
            "9=1",
            false),
        new Row("quorum needs quorum and hysteresis", hysteresis, "", "1=3 2=2 3=1", true),
        new Row("less than both is not gained", hysteresis, "-3", "1=3 2=2", true),
        new Row("quorum less hysteresis still holds", hysteresis, "-1 -3", "2=2", true),
        new Row("less than that is lost", hysteresis, "-1 -2", "3=1", false),
        new Row("lost needs both again", hysteresis, "-1 -2 +1", "1=3 3=1", false),
        new Row("both gain again", hysteresis, "-1 -2 +1 +2", "1=3 2=2 3=1", true),
        new Row(
            "no live weight is no quorum, even of 0",
            pool(new Quorum(0, 0), sorry(9, false), real(1, 0)),
            "",
            "9=1",
            false),
        new Row(
            "hysteresis that the weights cannot reach never gains",
            pool(new Quorum(2, 1), sorry(9, false), R1, R2),
            "",
            "9=1",
            false));
  }

  private static VirtualServer two(Quorum quorum) {
    return pool(quorum, Optional.empty(), R1, R2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void rules(Row row) {
    LvsConfig config = config(row.pool());
    Map<BackendRef, Verdict> verdicts = new HashMap<>();
    Plan plan = Plan.NOTHING.next(new Situation(config, verdicts), 0);
    for (String step : row.steps().isEmpty() ? new String[0] : row.steps().split(" ", -1)) {
      String[] parts = step.substring(1).split("/", -1);
      int adjustment = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      verdicts.put(
          backend(Integer.parseInt(parts[0])), new Verdict(step.startsWith("+"), adjustment));
      plan = plan.next(new Situation(config, verdicts), 0);
    }
    assertThat(inTable(plan, key("10.1.1.1"))).isEqualTo(row.destinations());
    assertThat(plan.withQuorum().contains(row.pool().id())).isEqualTo(row.quorum());
  }

  private static String inTable(Plan plan, ServiceKey key) {
    return plan.desired().table().entry(key).orElseThrow().destinations().values().stream()
        .map(each -> (each.key().address().getAddress()[3] & 0xff) + "=" + each.weight())
        .collect(Collectors.joining(" "));
  }

  @Test
  void quorumIsToldOnceWhenItChanges() {
    LvsConfig config = config(two(TWO));
    Plan first = Plan.NOTHING.next(new Situation(config, Map.of()), 0);
    assertThat(first.events()).containsExactly(new QuorumGained(NAME, 2, 2));
    assertThat(first.next(new Situation(config, Map.of()), 0).events()).isEmpty();
    Plan lost = first.next(new Situation(config, Map.of(backend(1), Verdict.DOWN)), 0);
    assertThat(lost.events()).containsExactly(new QuorumLost(NAME, 2, 1));
    assertThat(lost.next(new Situation(config, Map.of(backend(1), Verdict.DOWN)), 0).events())
        .isEmpty();
  }

  @Test
  void quorumThatNeverHeldIsNotLost() {
    LvsConfig config = config(pool(ONE, Optional.empty(), alpha(R1)));
    assertThat(Plan.NOTHING.next(new Situation(config, Map.of()), 0).events()).isEmpty();
  }

  @Test
  void quorumSurvivesAnotherConfiguration() {
    Plan plan = Plan.NOTHING.next(new Situation(config(two(ONE)), Map.of()), 0);
    Plan next =
        plan.next(new Situation(config(pool(ONE, Optional.empty(), R1, R2, R3)), Map.of()), 0);
    assertThat(next.events()).isEmpty();
    assertThat(next.withQuorum()).containsExactly(two(ONE).id());
  }

  @Test
  void servicesOfAGroupShareTheVerdicts() {
    VirtualServer group =
        new VirtualServer(
            NAME,
            List.of(service(key("10.1.1.1")), service(key("10.1.1.2"))),
            ONE,
            Optional.empty(),
            List.of(R1, R2));
    Plan plan =
        Plan.NOTHING.next(new Situation(config(group), Map.of(backend(1), Verdict.DOWN)), 0);
    assertThat(inTable(plan, key("10.1.1.1"))).isEqualTo("2=1");
    assertThat(inTable(plan, key("10.1.1.2"))).isEqualTo("2=1");
  }

  @Test
  void onlyMasqueradingKeepsThePortOfTheServer() {
    ServiceKey mark = new ServiceKey.FirewallMark(Family.IPV4, 3);
    List<ServiceKey> keys = List.of(key("10.1.1.1"), mark);
    assertThat(keys)
        .map(key -> server(1, 1, Forwarding.MASQUERADE).in(key).key().port())
        .containsExactly(8080, 8080);
    assertThat(keys)
        .map(key -> server(1, 1, Forwarding.DIRECT_ROUTE).in(key).key().port())
        .containsExactly(80, 0);
  }

  @Test
  void virtualServersMayShareAService() {
    VirtualService shared = service(key("10.1.1.1"));
    VirtualServer first =
        new VirtualServer("first", List.of(shared), ONE, Optional.empty(), List.of(R1));
    VirtualService other = new VirtualService(shared.key(), "wlc", Set.of(), shared.persistence());
    VirtualServer second =
        new VirtualServer("second", List.of(other), ONE, Optional.empty(), List.of(R2));
    Plan plan = Plan.NOTHING.next(new Situation(config(first, second), Map.of()), 0);
    assertThat(plan.desired().table().entry(shared.key()).orElseThrow().service())
        .isEqualTo(shared);
    assertThat(inTable(plan, shared.key())).isEqualTo("1=1 2=1");
  }

  @Test
  void destinationsKnowTheirServers() {
    Plan plan = Plan.NOTHING.next(new Situation(config(two(ONE)), Map.of()), 0);
    Destination destination = Samples.destination(2, 1);
    assertThat(plan.desired().backend(key("10.1.1.1"), destination.key())).hasValue(backend(2));
    assertThat(plan.desired().backend(key("10.1.1.9"), destination.key())).isEmpty();
  }
}
