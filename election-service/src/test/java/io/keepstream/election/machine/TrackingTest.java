package io.keepstream.election.machine;

import static io.keepstream.election.machine.Tracking.Verdict.DOWN;
import static io.keepstream.election.machine.Tracking.Verdict.SILENT;
import static io.keepstream.election.machine.Tracking.Verdict.UNKNOWN;
import static io.keepstream.election.machine.Tracking.Verdict.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.Priority.Share;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TrackerRef.Kind;
import io.keepstream.election.machine.Tracking.FileSays;
import io.keepstream.election.machine.Tracking.Standing;
import io.keepstream.election.machine.Tracking.Tracked;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Proves({"VR-031", "VR-063"})
class TrackingTest {
  private static final TrackerRef SCRIPT = new TrackerRef(Kind.SCRIPT, "chk");
  private static final TrackerRef LINK = new TrackerRef(Kind.INTERFACE, "eth1");

  private static final TrackerRef FILE = new TrackerRef(Kind.FILE, "load");

  private record Row(
      String rule, int base, int weight, boolean reverse, Verdict verdict, int priority) {}

  @TestFactory
  Stream<DynamicTest> weights() {
    return Stream.of(
            new Row("positive weight is added while up", 100, 50, false, UP, 150),
            new Row("positive weight adds nothing while down", 100, 50, false, DOWN, 100),
            new Row("positive weight adds nothing while unknown", 100, 50, false, UNKNOWN, 100),
            new Row("negative weight subtracts while down", 100, -50, false, DOWN, 50),
            new Row("negative weight subtracts nothing while up", 100, -50, false, UP, 100),
            new Row("reverse turns adding into subtracting", 100, 50, true, UP, 50),
            new Row("reverse turns subtracting into adding", 100, -50, true, DOWN, 150),
            new Row("positive weight adds nothing in silence", 100, 50, false, SILENT, 100),
            new Row("negative weight subtracts in silence", 100, -50, false, SILENT, 50),
            new Row("what subtracts while up does in silence", 100, 50, true, SILENT, 50),
            new Row("what adds while down does not in silence", 100, -50, true, SILENT, 100),
            new Row("the sum is clamped below 255", 200, 100, false, UP, 254),
            new Row("the sum is clamped above 0", 100, -253, false, DOWN, 1),
            new Row("an owner ignores weights", 255, -50, false, DOWN, 255))
        .map(
            row ->
                dynamicTest(
                    row.rule(),
                    () -> {
                      Tracked tracked = new Tracked(SCRIPT, row.weight(), row.reverse());
                      Standing standing =
                          Tracking.evaluate(row.base(), List.of(tracked), any -> row.verdict());
                      assertThat(standing.priority().effective()).isEqualTo(row.priority());
                      assertThat(standing.faults()).isEmpty();
                      assertThat(standing.awaited()).isEmpty();
                    }));
  }

  @Test
  void sharesAreNamed() {
    Standing standing =
        Tracking.evaluate(
            100,
            List.of(new Tracked(SCRIPT, 50, false), new Tracked(LINK, -20, false)),
            tracker -> tracker.equals(SCRIPT) ? UP : DOWN);
    assertThat(standing.priority().effective()).isEqualTo(130);
    assertThat(standing.priority().shares())
        .containsExactly(new Share("script chk", 50), new Share("interface eth1", -20));
  }

  @Test
  void weightZeroFaultsOneByOne() {
    List<Tracked> both = List.of(new Tracked(SCRIPT, 0, false), new Tracked(LINK, 0, false));
    assertThat(Tracking.evaluate(100, both, any -> DOWN).faults())
        .containsExactly("script chk is down", "interface eth1 is down");
    assertThat(Tracking.evaluate(100, both, any -> any.equals(LINK) ? DOWN : UP).faults())
        .containsExactly("interface eth1 is down");
    assertThat(Tracking.evaluate(100, both, any -> UP).faults()).isEmpty();
  }

  @Test
  void weightZeroReversedFaultsWhileUp() {
    List<Tracked> reversed = List.of(new Tracked(SCRIPT, 0, true));
    assertThat(Tracking.evaluate(100, reversed, any -> UP).faults())
        .containsExactly("script chk is up");
    assertThat(Tracking.evaluate(100, reversed, any -> DOWN).faults()).isEmpty();
  }

  @Test
  void weightZeroFaultsInSilenceEitherWay() {
    for (boolean reverse : List.of(false, true)) {
      assertThat(
              Tracking.evaluate(100, List.of(new Tracked(SCRIPT, 0, reverse)), any -> SILENT)
                  .faults())
          .containsExactly("script chk is silent");
    }
  }

  @Test
  void onlyWeightZeroTrackersHoldTheStart() {
    assertThat(Tracking.evaluate(100, List.of(new Tracked(SCRIPT, 0, false)), any -> UNKNOWN))
        .satisfies(
            standing -> {
              assertThat(standing.awaited()).containsExactly("script chk");
              assertThat(standing.faults()).isEmpty();
            });
    assertThat(Tracking.evaluate(100, List.of(new Tracked(SCRIPT, 5, false)), any -> UNKNOWN))
        .satisfies(standing -> assertThat(standing.awaited()).isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> files() {
    return Stream.of(
            new FileRow("a file's number is multiplied by the weight", 2, false, 10, 120, ""),
            new FileRow("a negative number takes away", 2, false, -10, 80, ""),
            new FileRow("reverse turns the sign", 2, true, 10, 80, ""),
            new FileRow("zero adds nothing", 2, false, 0, 100, ""),
            new FileRow("a product beyond 253 counts 253", 254, false, 1000, 254, ""),
            new FileRow("-253 leaves priority 1", 1, false, -253, 1, ""),
            new FileRow("-254 is a fault", 1, false, -254, 100, "file load says -254"),
            new FileRow("reversed, 254 is a fault", 1, true, 254, 100, "file load says 254"),
            new FileRow(
                "nothing overflows",
                254,
                true,
                Integer.MAX_VALUE,
                100,
                "file load says 2147483647"),
            new FileRow(
                "weight 0: any number but 0 is a fault", 0, false, 7, 100, "file load says 7"),
            new FileRow("weight 0: 0 is good", 0, false, 0, 100, ""),
            new FileRow("weight 0 reversed: 0 is a fault", 0, true, 0, 100, "file load says 0"))
        .map(row -> dynamicTest(row.rule(), () -> check(row)));
  }

  private record FileRow(
      String rule, int weight, boolean reverse, int number, int priority, String fault) {}

  private static void check(FileRow row) {
    Standing standing =
        Tracking.evaluate(
            100,
            List.of(new Tracked(FILE, row.weight(), row.reverse())),
            any -> new FileSays(row.number()));
    assertThat(standing.priority().effective()).isEqualTo(row.priority());
    assertThat(String.join("", standing.faults())).isEqualTo(row.fault());
    assertThat(standing.awaited()).isEmpty();
  }

  @Test
  void anOwnerTakesNoNumbers() {
    assertThat(
            Tracking.evaluate(
                255, List.of(new Tracked(FILE, 1, false)), any -> new FileSays(-1000)))
        .isEqualTo(new Standing(Priority.of(255), List.of(), List.of()));
  }

  @Test
  void theSumIsClampedNotItsParts() {
    List<Tracked> both = List.of(new Tracked(FILE, 1, false), new Tracked(SCRIPT, -50, false));
    Standing standing =
        Tracking.evaluate(100, both, tracker -> tracker.equals(FILE) ? new FileSays(200) : DOWN);
    assertThat(standing.priority().effective()).isEqualTo(250);
  }
}
