package io.keepstream.lvs.will;

import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.will.Orders.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import java.util.List;
import org.junit.jupiter.api.Test;

class WillFormTest {
  private final Orders orders = new Orders();

  private void fill() {
    orders.give(
        new Instruction("eve", "new kernel", false, new Act.Drain("10.2.0.1", true, 60_000L)));
    orders.read(backend(1), 3, 2, 1);
    orders.give(new Act.Weight("10.2.0.1", 5));
    orders.give(new Act.Remove("10.1.1.1", "10.2.0.2"));
    orders.give(new Act.Add("10.1.1.1", "10.2.0.3:8080", 7));
  }

  @Test
  void saysWhatIsWanted() {
    fill();
    assertThat(WillForm.of(orders.will, 11 * SECOND))
        .containsExactly(
            new ServerOverride(
                backend(1),
                OverrideKind.DRAIN,
                "eve",
                "new kernel",
                10_000,
                null,
                null,
                new ServiceState.Drain(false, true, 50_000L, new OpenConnections(3, 2, 1), false)),
            new ServerOverride(backend(1), OverrideKind.WEIGHT, "root", null, 8_000, 5, 1, null),
            new ServerOverride(
                backend(2), OverrideKind.REMOVED, "root", null, 7_000, null, null, null),
            new ServerOverride(backend(3), OverrideKind.ADDED, "root", null, 6_000, 7, null, null));
  }

  @Test
  void timePassesWhileNothingRuns() {
    fill();
    List<ServerOverride> form = WillForm.of(orders.will, 11 * SECOND);
    Will later = WillForm.restored(form, null, 20_000, SECOND);
    assertThat(later.edits().keySet()).isEqualTo(orders.will.edits().keySet());
    assertThat(later.over(orders.file)).isEqualTo(orders.will.over(orders.file));
    Drain drain = later.drains().get(backend(1));
    assertThat(drain.deadlineNanos()).isEqualTo(31 * SECOND);
    assertThat(drain.stamp().ageMillis(SECOND)).isEqualTo(30_000);
    assertThat(WillForm.restored(form, null, 90_000, SECOND).nextNanos())
        .as("its time was up meanwhile")
        .isEqualTo(SECOND);
  }

  @Test
  void whatIsOutStaysOut() {
    orders.give(new Act.Drain("10.2.0.1", true, 1_000L)).pass(3 * SECOND);
    Will later = WillForm.restored(WillForm.of(orders.will, 4 * SECOND), null, 5, SECOND);
    assertThat(later.duties().get(backend(1))).isEqualTo(Duty.REST);
  }

  @Test
  void whatIsIncompleteIsRefused() {
    for (ServerOverride bad :
        List.of(
            new ServerOverride(null, OverrideKind.REMOVED, "root", null, 1, null, null, null),
            new ServerOverride(backend(1), null, "root", null, 1, null, null, null),
            new ServerOverride(backend(1), OverrideKind.DRAIN, "root", null, 1, null, null, null),
            new ServerOverride(backend(1), OverrideKind.WEIGHT, "root", null, 1, 1, null, null),
            new ServerOverride(backend(1), OverrideKind.ADDED, "root", null, 1, -1, null, null))) {
      assertThatThrownBy(() -> WillForm.restored(List.of(bad), null, 0, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void peopleReadWhatItIs() {
    fill();
    assertThat(WillForm.of(orders.will, 11 * SECOND))
        .extracting(OverrideText::of)
        .containsExactly(
            "draining, 3 active, 2 inactive and 1 persistent connections, out when empty, out in"
                + " 50 s at the latest: new kernel",
            "weight 5 instead of 1",
            "removed",
            "added with weight 7");
  }
}
