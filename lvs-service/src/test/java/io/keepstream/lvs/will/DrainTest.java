package io.keepstream.lvs.will;

import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.will.Orders.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainEnded;
import io.keepstream.contract.event.OperatorEvent.DrainProgress;
import org.junit.jupiter.api.Test;

/** The way out of the table; orders and readings are a second apart. */
class DrainTest {
  private final Orders orders = new Orders();

  private void drain(boolean untilEmpty, Long maxMillis) {
    orders.give(new Instruction.Act.Drain("10.2.0.1:8080", untilEmpty, maxMillis)).news();
  }

  private void reads(long active, long inactive, long persistent) {
    orders.read(backend(1), active, inactive, persistent);
  }

  private Duty duty() {
    return orders.will.duties().get(backend(1));
  }

  private static OpenConnections open(long active, long inactive, long persistent) {
    return new OpenConnections(active, inactive, persistent);
  }

  @Test
  void untilEmptyItLeavesWhenNothingIsLeft() {
    drain(true, null);
    reads(3, 0, 0);
    reads(0, 1, 0);
    reads(0, 0, 1);
    assertThat(duty()).isEqualTo(Duty.DRAIN);
    orders.news();
    reads(0, 0, 0);
    assertThat(orders.news())
        .containsExactly(new DrainEnded(backend(1), "empty", open(0, 0, 0), 4000));
    assertThat(duty()).isEqualTo(Duty.REST);
    reads(0, 0, 0);
    assertThat(orders.news()).isEmpty();
  }

  @Test
  void theFirstReadingMayBeOlderThanTheOrder() {
    drain(true, null);
    reads(0, 0, 0);
    assertThat(duty()).isEqualTo(Duty.DRAIN);
    reads(0, 0, 0);
    assertThat(duty()).isEqualTo(Duty.REST);
  }

  @Test
  void whatWasNotCountedIsNotEmpty() {
    drain(true, null);
    orders.readNothing().readNothing();
    reads(0, 0, 0);
    assertThat(duty()).as("nothing was read since it has weight 0").isEqualTo(Duty.DRAIN);
    orders.readNothing().readNothing();
    assertThat(duty()).isEqualTo(Duty.DRAIN);
    reads(0, 0, 0);
    assertThat(duty()).isEqualTo(Duty.REST);
  }

  @Test
  void whatWasNotCountedChangesNothing() {
    drain(true, 60_000L);
    reads(5, 0, 0);
    orders.readNothing();
    assertThat(orders.news()).isEmpty();
    orders.pass(61 * SECOND);
    assertThat(orders.news())
        .containsExactly(new DrainEnded(backend(1), "max", open(5, 0, 0), 60_000));
  }

  @Test
  void withoutThatItStaysWithWeightZero() {
    drain(false, null);
    reads(1, 0, 0);
    reads(0, 0, 0);
    reads(0, 0, 0);
    assertThat(duty()).isEqualTo(Duty.DRAIN);
    assertThat(orders.will.nextNanos()).isEqualTo(Drain.NEVER);
    assertThat(orders.news()).containsExactly(new DrainProgress(backend(1), open(0, 0, 0), 2000));
  }

  @Test
  void whenItsTimeIsUpItLeavesWithWhatIsLeft() {
    drain(true, 60_000L);
    reads(5, 2, 0);
    long deadlineNanos = 61 * SECOND;
    assertThat(orders.will.nextNanos()).isEqualTo(deadlineNanos);
    orders.pass(deadlineNanos - 1);
    assertThat(duty()).isEqualTo(Duty.DRAIN);
    orders.pass(deadlineNanos);
    assertThat(duty()).isEqualTo(Duty.REST);
    assertThat(orders.news())
        .containsExactly(new DrainEnded(backend(1), "max", open(5, 2, 0), 60_000));
    assertThat(orders.will.nextNanos()).isEqualTo(Drain.NEVER);
  }

  @Test
  void progressIsToldWhenHalfIsLeftAndNotEachTime() {
    drain(false, null);
    for (long left : new long[] {100, 99, 51, 50, 49, 30, 60, 25, 13, 12, 2, 1, 0, 0}) {
      reads(left, 0, 0);
    }
    assertThat(orders.news())
        .extracting(event -> ((DrainProgress) event).open().active())
        .containsExactly(50L, 25L, 12L, 2L, 1L, 0L);
  }

  @Test
  void anotherOrderChangesTheTermsAndNotHowFarItIs() {
    drain(true, 60_000L);
    reads(4, 0, 0);
    drain(true, null);
    assertThat(orders.will.nextNanos()).isEqualTo(Drain.NEVER);
    reads(0, 0, 0);
    assertThat(duty()).isEqualTo(Duty.REST);
    drain(false, 5_000L);
    assertThat(duty()).as("what is out stays out").isEqualTo(Duty.REST);
  }
}
