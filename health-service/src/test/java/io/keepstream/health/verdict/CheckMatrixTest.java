package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One row per rule of checking. */
class CheckMatrixTest {
  /** Chance that always falls in the middle. */
  private static final RandomGenerator HALF =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new AssertionError("not asked for");
        }

        @Override
        public long nextLong(long bound) {
          return bound / 2;
        }
      };

  @TestFactory
  Stream<DynamicTest> oneRowPerRule() {
    return rows()
        .map(
            row ->
                dynamicTest(
                    row.rule(),
                    () ->
                        assertThat(
                                Check.next(row.rules(), row.state(), row.event(), CheckRow.T, HALF))
                            .isEqualTo(new Transition(row.expected(), row.effects()))));
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
                .flatMap(
                    state ->
                        Stream.of(Event.class.getPermittedSubclasses())
                            .map(event -> pair(state, event)))
                .toList());
  }

  private static String pair(Class<?> state, Class<?> event) {
    return state.getSimpleName() + " meets " + event.getSimpleName();
  }

  private static Stream<CheckRow> rows() {
    return Stream.of(
            ScheduleRows.waiting(),
            ScheduleRows.after(),
            ScheduleRows.timeLimit(),
            ScheduleRows.ending(),
            ScheduleRows.jitter(),
            ScheduleRows.fastInterval(),
            CountingRows.first(),
            CountingRows.counted(),
            CountingRows.inconclusive(),
            WeightRows.told(),
            SuspensionRows.suspended(),
            SuspensionRows.resumed())
        .flatMap(List::stream);
  }
}
