package io.keepstream.election.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One row per rule of RFC 3768 and RFC 9568 section 6.4 and of what is kept from keepalived. */
@Proves({
  "VR-034", "VR-036", "VR-037", "VR-038", "VR-039", "VR-040", "VR-041", "VR-044", "VR-045",
  "VR-046", "VR-047", "VR-048", "VR-049", "VR-050", "VR-051", "VR-052", "VR-064", "VR-067",
  "VR-068", "VR-069"
})
class TransitionMatrixTest {
  @TestFactory
  Stream<DynamicTest> oneRowPerRule() {
    return rows().map(row -> dynamicTest(row.rule(), () -> check(row)));
  }

  @Test
  void everyEventMeetsEveryState() {
    Set<String> met =
        rows()
            .map(row -> pair(row.state().getClass(), row.event().getClass()))
            .collect(Collectors.toSet());
    assertThat(met)
        .containsAll(
            Stream.of(State.class.getPermittedSubclasses())
                .flatMap(state -> kinds(Event.class).map(event -> pair(state, event)))
                .toList());
  }

  /** The records of a sealed interface, also those one level down. */
  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return sealed.isSealed()
        ? Stream.of(sealed.getPermittedSubclasses()).flatMap(TransitionMatrixTest::kinds)
        : Stream.of(sealed);
  }

  private static String pair(Class<?> state, Class<?> event) {
    return state.getSimpleName() + " meets " + event.getSimpleName();
  }

  private static Stream<MatrixRow> rows() {
    return Stream.of(
            GroupRows.rows(),
            AsideRows.init(),
            AsideRows.stop(),
            BackupRows.backup(),
            BackupRows.preemption(),
            BackupRows.backupTimer(),
            MasterRows.master(),
            MasterRows.stall(),
            MasterRows.lastWord(),
            OwnerRows.conflict(),
            OwnerRows.ignoring())
        .flatMap(List::stream);
  }

  private static void check(MatrixRow row) {
    Transition transition =
        VirtualRouter.next(row.parameters(), row.state(), row.event(), MatrixRow.T);
    assertThat(transition.state()).isEqualTo(row.expected());
    assertThat(transition.effects()).containsExactlyElementsOf(row.effects());
    assertThat(transition.cause() == null ? null : transition.cause().reason())
        .isEqualTo(row.reason());
    assertThat(transition.cause() != null)
        .as("a cause is given exactly when the state's name changes")
        .isEqualTo(row.state().name() != transition.state().name());
  }
}
