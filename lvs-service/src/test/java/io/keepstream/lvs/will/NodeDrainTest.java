package io.keepstream.lvs.will;

import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.will.Orders.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.NodeDrainEvent.NodeDrainEnded;
import io.keepstream.contract.event.NodeDrainEvent.NodeDrainProgress;
import io.keepstream.contract.event.NodeDrainEvent.NodeDrainStarted;
import io.keepstream.contract.event.NodeDrainEvent.NodeUndrained;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainEnded;
import io.keepstream.contract.event.OperatorEvent.DrainStarted;
import io.keepstream.contract.event.OperatorEvent.Undrained;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeDrainTest {
  private static final BackendRef SECOND_3 =
      new BackendRef("[10.1.1.2]:tcp:80", "[10.2.0.3]:tcp:8080");
  private static final LvsConfig BOTH =
      config(Orders.TWO.virtualServers().getFirst(), Orders.second(real(3, 1)));
  private static final Act UNDRAIN = new Act.Undrain("node");

  private final Orders orders = new Orders();

  private Orders drain(boolean untilEmpty, Long maxMillis) {
    orders.file = BOTH;
    return orders.give(
        new Instruction("eve", "new disk", false, new Act.Drain("node", untilEmpty, maxMillis)));
  }

  private static OpenConnections active(long count) {
    return new OpenConnections(count, 0, 0);
  }

  @Test
  void allOfItIsDrainedAndTold() {
    orders.open.put(backend(1), active(3));
    orders.open.put(SECOND_3, active(4));
    drain(true, 60_000L);
    assertThat(orders.will.duties())
        .containsOnlyKeys(backend(1), backend(2), SECOND_3)
        .containsValue(Duty.DRAIN)
        .doesNotContainValue(Duty.REST);
    assertThat(orders.news())
        .containsExactly(
            new NodeDrainStarted("eve", "new disk", true, 60_000L, 3, active(7)),
            new DrainStarted(backend(1), "eve", "new disk", true, 60_000L, active(3)),
            new DrainStarted(backend(2), "eve", "new disk", true, 60_000L, null),
            new DrainStarted(SECOND_3, "eve", "new disk", true, 60_000L, active(4)));
  }

  @Test
  void whatIsLeftIsToldWheneverItIsHalved() {
    drain(false, null).readEach(2, backend(1), backend(2), SECOND_3).news();
    orders.readEach(2, backend(1), backend(2)).readNothing();
    assertThat(orders.news()).as("nothing was read of one, and then of none").isEmpty();
    orders.readEach(1, backend(1), backend(2), SECOND_3);
    assertThat(orders.news()).contains(new NodeDrainProgress(active(3), 3, 4_000));
    orders.readEach(0, backend(1), backend(2), SECOND_3);
    assertThat(orders.news())
        .contains(new NodeDrainProgress(active(0), 3, 5_000))
        .noneMatch(NodeDrainEnded.class::isInstance);
    orders.readEach(0, backend(1), backend(2), SECOND_3);
    assertThat(orders.news()).isEmpty();
  }

  @Test
  void itEndsWithTheLastOfItsServers() {
    drain(true, 10_000L).readEach(5, backend(1), backend(2), SECOND_3).news();
    orders.readEach(0, backend(1)).news();
    assertThat(orders.will.duties().get(backend(1))).isEqualTo(Duty.REST);
    orders.pass(11 * SECOND);
    assertThat(orders.news())
        .containsExactly(
            new DrainEnded(backend(2), "max", active(5), 10_000),
            new DrainEnded(SECOND_3, "max", active(5), 10_000),
            new NodeDrainEnded(active(10), 10_000));
    orders.pass(12 * SECOND).readNothing();
    assertThat(orders.news()).isEmpty();
  }

  @Test
  void whoeverWasDrainedBeforeStaysDrainedAfterIt() {
    orders.give(new Act.Drain("10.2.0.1", false, null));
    drain(false, null).news();
    orders.give(UNDRAIN);
    assertThat(orders.news())
        .containsExactly(
            new NodeUndrained("by root", 1_000),
            new Undrained(backend(2), "by root", 1_000),
            new Undrained(SECOND_3, "by root", 1_000));
    assertThat(orders.will.duties()).containsOnlyKeys(backend(1));
    assertThat(orders.will.node()).isEmpty();
  }

  @Test
  void otherTermsTakeTheirPlace() {
    drain(false, null).readEach(2, backend(1), backend(2), SECOND_3).news();
    drain(true, 5_000L);
    assertThat(orders.news()).singleElement().isInstanceOf(NodeDrainStarted.class);
    assertThat(orders.will.drains().values())
        .hasSize(3)
        .allMatch(each -> each.untilEmpty() && each.deadlineNanos() == 8 * SECOND);
  }

  @Test
  void whoeverComesIsDrainedToo() {
    orders.file = Orders.TWO;
    orders.give(new Act.Drain("node", true, 60_000L)).news();
    orders.reload(BOTH);
    assertThat(orders.news())
        .containsExactly(new DrainStarted(SECOND_3, "root", null, true, 59_000L, null));
    orders.give(new Act.Add("10.1.1.2:80", "10.2.0.9:8080", 1)).news();
    assertThat(orders.will.duties()).hasSize(4).doesNotContainValue(Duty.SERVE);
    orders.give(UNDRAIN);
    assertThat(orders.will.duties()).isEmpty();
    assertThat(orders.will.edits()).hasSize(1);
  }

  @Test
  void noneOfItsServersIsUndrainedByItself() {
    drain(false, null);
    assertThatThrownBy(() -> orders.give(new Act.Undrain("10.2.0.1")))
        .hasMessage("the whole node is drained, and undrained with: undrain node");
    orders.give(UNDRAIN);
    assertThatThrownBy(() -> orders.give(UNDRAIN)).hasMessage("the node is not drained");
    orders.file = LvsConfig.NOTHING;
    assertThatThrownBy(() -> orders.give(new Act.Drain("node", false, null)))
        .hasMessage("this node has no real server");
  }

  @Test
  void itIsTheSameAfterItsWayThroughAFile() {
    drain(true, 60_000L).readEach(2, backend(1), backend(2), SECOND_3);
    orders.readEach(0, backend(1)).news();
    long laterNanos = orders.nowNanos + 5 * SECOND;
    Will later =
        WillForm.restored(
            WillForm.of(orders.will, orders.nowNanos),
            WillForm.ofNode(orders.will, orders.nowNanos),
            5_000,
            laterNanos);
    assertThat(later.duties()).isEqualTo(orders.will.duties());
    NodeDrain before = orders.will.node().orElseThrow();
    assertThat(later.node())
        .contains(
            new NodeDrain(before.stamp(), true, before.deadlineNanos(), Optional.empty(), false));
    assertThat(later.drains().values()).allMatch(Drain::ofNode);
    orders.will = later;
    orders.nowNanos = laterNanos;
    orders.reload(BOTH).give(UNDRAIN);
    assertThat(orders.will).isEqualTo(Will.NOTHING);
  }

  @Test
  void oneThatHasEndedIsNotToldOfAgainAfterARestart() {
    drain(false, 1_000L).pass(3 * SECOND).news();
    Will later =
        WillForm.restored(
            WillForm.of(orders.will, orders.nowNanos),
            WillForm.ofNode(orders.will, orders.nowNanos),
            0,
            orders.nowNanos);
    assertThat(later.pass(4 * SECOND).events()).isEmpty();
    assertThat(WillForm.ofNode(later, 4 * SECOND).left()).isZero();
    assertThat(OverrideText.of(WillForm.ofNode(later, 4 * SECOND)))
        .isEqualTo("drained and out: new disk");
  }

  @Test
  void aQuorumIsOfTheFileAllTheSame() {
    orders.file = config(pool(new Quorum(2, 0), Optional.empty(), real(1, 1), real(2, 1)));
    orders.give(new Act.Drain("node", false, null));
    assertThat(orders.will.over(orders.file)).isSameAs(orders.file);
    assertThat(List.copyOf(orders.will.edits().keySet())).isEmpty();
  }
}
