package io.keepstream.lvs.will;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainStarted;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OperatorEvent.Undrained;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulingTest {
  private static final BackendRef SECOND_1 =
      new BackendRef("[10.1.1.2]:tcp:80", "[10.2.0.1]:tcp:8080");

  private final Orders orders = new Orders();

  private static LvsConfig both() {
    return config(Orders.TWO.virtualServers().getFirst(), Orders.second(real(1, 1), real(3, 1)));
  }

  private static Act drain(String target) {
    return new Act.Drain(target, false, null);
  }

  /**
   * A target, and what it means: the last number of each real server, with a tick in the second.
   */
  record Target(String text, String means) {}

  static Stream<Target> targets() {
    return Stream.of(
        new Target("10.2.0.1:8080", "1 1'"),
        new Target("10.2.0.1", "1 1'"),
        new Target("[10.2.0.1]:tcp:8080", "1 1'"),
        new Target("[10.2.0.1]:8080", "1 1'"),
        new Target("10.2.0.2:8080", "2"),
        new Target("10.1.1.2:80/10.2.0.1:8080", "1'"),
        new Target("[10.1.1.2]:tcp:80/[10.2.0.1]:tcp:8080", "1'"),
        new Target("10.1.1.2/10.2.0.1", "1'"),
        new Target("10.1.1.1:80", "1 2"),
        new Target("10.1.1.1", "1 2"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void understands(Target target) {
    orders.file = both();
    orders.give(drain(target.text()));
    List<String> drained =
        orders.will.drains().keySet().stream()
            .map(
                each ->
                    each.realServer().replaceAll("^.*\\.(\\d+)].*$", "$1")
                        + (each.virtualServer().equals(NAME) ? "" : "'"))
            .toList();
    assertThat(String.join(" ", drained)).isEqualTo(target.means());
  }

  /** An order that is refused, and why. */
  record Refusal(Act act, String why) {}

  static Stream<Refusal> refusals() {
    return Stream.of(
        new Refusal(
            drain("10.2.0.1:8081"),
            "there is no real server or virtual server '10.2.0.1:8081'; did you mean"
                + " '10.2.0.1:8080'?"),
        new Refusal(
            drain("10.1.1.1:80/10.2.0.7:8080"),
            "there is no real server of [10.1.1.1]:tcp:80 '10.2.0.7:8080'; did you mean"
                + " '10.2.0.1:8080'?"),
        new Refusal(
            drain("10.1.1.9:80/10.2.0.1:8080"),
            "there is no virtual server '10.1.1.9:80'; did you mean '10.1.1.1:80'?"),
        new Refusal(new Act.Drain("10.2.0.1", true, 0L), "max is above 0 and at most 366 days"),
        new Refusal(new Act.Undrain("10.2.0.1"), "nothing of '10.2.0.1' is drained"),
        new Refusal(new Act.Weight("10.2.0.1", -1), "a weight is 0 to 2147483647"),
        new Refusal(new Act.FileWeight("10.2.0.1"), "nothing of '10.2.0.1' has another weight"),
        new Refusal(
            new Act.Add("10.1.1.1:80", "10.2.0.1:8080", 1),
            "[10.1.1.1]:tcp:80 has [10.2.0.1]:tcp:8080 already"),
        new Refusal(
            new Act.Add("10.1.1.1:80", "web3:80", 1),
            "'web3:80' is not ADDRESS:PORT, as in 10.2.0.1:8080"),
        new Refusal(
            new Act.Add("10.1.1.1:80", "[fd00::3]:80", 1),
            "[10.1.1.1]:tcp:80 reaches no server of the other family"),
        new Refusal(
            new Act.Remove("10.1.1.1:80", "10.2.0.9:8080"),
            "there is no real server of [10.1.1.1]:tcp:80 '10.2.0.9:8080'; did you mean"
                + " '10.2.0.1:8080'?"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refuses(Refusal refusal) {
    assertThatThrownBy(() -> orders.give(refusal.act()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal.why());
    assertThat(orders.will).isEqualTo(Will.NOTHING);
  }

  @Test
  void ownersAndReasonsAreOneLine() {
    assertThatThrownBy(() -> orders.give(new Instruction("root", "a\nb", false, drain("10.2.0.1"))))
        .hasMessageContaining("the reason is one line");
    assertThatThrownBy(() -> orders.give(new Instruction(null, null, false, drain("10.2.0.1"))))
        .hasMessageContaining("the owner is one line");
  }

  @Test
  void drainAndUndrainAreToldWithTheirOwner() {
    orders.open.put(backend(1), new OpenConnections(3, 2, 1));
    orders.give(
        new Instruction("eve", "new kernel", false, new Act.Drain("10.2.0.1", true, 5_000L)));
    assertThat(orders.news())
        .containsExactly(
            new DrainStarted(
                backend(1), "eve", "new kernel", true, 5_000L, new OpenConnections(3, 2, 1)));
    orders.give(new Instruction("bob", "done", false, new Act.Undrain("10.2.0.1")));
    assertThat(orders.news()).containsExactly(new Undrained(backend(1), "by bob: done", 1000));
    assertThat(orders.will).isEqualTo(Will.NOTHING);
  }

  @Test
  void aWeightIsSetAndGivenBack() {
    orders.give(new Act.Weight("10.2.0.1", 7));
    assertThat(weights()).containsExactly(7, 1);
    assertThat(orders.news())
        .containsExactly(new OverrideSet(backend(1), OverrideKind.WEIGHT, 7, "root", null));
    orders.give(new Act.Weight("10.2.0.1", 8)).news();
    assertThat(weights()).containsExactly(8, 1);
    orders.give(new Act.FileWeight("10.2.0.1"));
    assertThat(orders.news())
        .containsExactly(new OverrideCleared(backend(1), OverrideKind.WEIGHT, "by root", 1000));
    assertThat(orders.will.over(orders.file)).isSameAs(orders.file);
  }

  @Test
  void aServerIsAddedLikeItsSiblingsAndRemovedAgain() {
    orders.give(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4));
    RealServer added = reals().getLast();
    assertThat(added.server()).isEqualTo(real(3, 4).server());
    assertThat(added.startsDown()).isFalse();
    orders.give(new Act.Weight("10.2.0.3", 6)).news();
    assertThat(weights()).containsExactly(1, 1, 6);
    orders.give(drain("10.2.0.3")).give(new Act.Remove("10.1.1.1", "10.2.0.3:8080"));
    assertThat(orders.will).isEqualTo(Will.NOTHING);
    assertThat(orders.news())
        .endsWith(
            new Undrained(backend(3), "by root", 1000),
            new OverrideCleared(backend(3), OverrideKind.ADDED, "by root", 2000));
  }

  @Test
  void aServerOfTheFileIsRemovedAndAddedAgain() {
    orders.give(new Act.Remove("10.1.1.1:80", "10.2.0.2:8080"));
    assertThat(weights()).containsExactly(1);
    assertThat(orders.news())
        .containsExactly(new OverrideSet(backend(2), OverrideKind.REMOVED, null, "root", null));
    orders.give(new Act.Add("10.1.1.1:80", "10.2.0.2:8080", 9));
    assertThat(orders.will).isEqualTo(Will.NOTHING);
  }

  @Test
  void aQuorumIsCutToWhatIsLeft() {
    orders.file = config(pool(new Quorum(2, 1), Optional.empty(), real(1, 1), real(2, 1)));
    orders.give(new Act.Remove("10.1.1.1:80", "10.2.0.2:8080"));
    assertThat(server().quorum()).isEqualTo(new Quorum(1, 0));
  }

  @Test
  void onlyTheServerThatIsMeantGetsAnotherWeight() {
    orders.file = both();
    orders.give(new Act.Weight("10.1.1.2:80/10.2.0.1:8080", 5));
    assertThat(orders.will.edits()).containsOnlyKeys(SECOND_1);
    assertThat(weights()).containsExactly(1, 1);
  }

  private VirtualServer server() {
    return orders.will.over(orders.file).virtualServers().getFirst();
  }

  private List<RealServer> reals() {
    return server().realServers();
  }

  private List<Integer> weights() {
    return reals().stream().map(real -> real.server().weight()).toList();
  }
}
