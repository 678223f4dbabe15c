package io.keepstream.notifier.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.notifier.state.StateTable.Change;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateTableTest {
  private static final Source SOURCE = new Source("lb1", Service.ELECTION, "b");
  private final StateTable table = new StateTable();

  @Test
  void whatIsNewIsSentOnce() {
    take("MASTER", 1);
    assertThat(sent()).contains(change("MASTER", 1));
    take("MASTER", 2);
    assertThat(table.next()).isEmpty();
  }

  @Test
  void whatChangesIsSentWithTheTimeOfTheChange() {
    take("MASTER", 1);
    sent();
    take("BACKUP", 3);
    assertThat(sent()).contains(change("BACKUP", 3));
  }

  @Test
  void whatIsNoMoreGetsATombstone() {
    take("MASTER", 1);
    sent();
    table.take(Service.ELECTION, Map.of());
    assertThat(sent()).contains(new Change("vrrp/V", Optional.empty()));
    assertThat(table.next()).isEmpty();
  }

  @Test
  void whatDidNotArriveIsSentAsItIsByThen() {
    take("MASTER", 1);
    Change lost = table.next().orElseThrow();
    take("FAULT", 2);
    take("BACKUP", 3);
    assertThat(table.next()).as("while the same subject is under way").isEmpty();
    table.ended(lost, false);
    assertThat(sent()).contains(change("BACKUP", 3));
    assertThat(table.next()).isEmpty();
  }

  @Test
  void oneServiceSaysNothingOfAnothers() {
    take("MASTER", 1);
    sent();
    table.take(Service.HEALTH, Map.of());
    assertThat(table.next()).isEmpty();
  }

  private void take(String state, long second) {
    table.take(Service.ELECTION, Map.of("vrrp/V", standing(state, second)));
  }

  private Optional<Change> sent() {
    Optional<Change> next = table.next();
    next.ifPresent(change -> table.ended(change, true));
    return next;
  }

  private static Change change(String state, long second) {
    return new Change("vrrp/V", Optional.of(standing(state, second)));
  }

  private static Standing standing(String state, long second) {
    return new Standing(SOURCE, "vrrp/V", Instant.ofEpochSecond(second), Map.of("state", state));
  }
}
