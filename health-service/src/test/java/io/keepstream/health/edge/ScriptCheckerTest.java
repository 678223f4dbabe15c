package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.Target;
import io.keepstream.health.tracker.FileNumber;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What exit statuses and numbers in files mean for the weight. */
class ScriptCheckerTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "2, -10", "12, 0", "20, 8", "255, 243"})
  void aStatusSaysTheWeightTheServerIsToHave(int status, int share) {
    CheckResult result = weighed(Outcome.EXITED, status);
    assertThat(result.failure()).isNull();
    assertThat(result.weightShare()).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({
    "EXITED, 1, SCRIPT_EXIT",
    "TIMED_OUT, 143, SCRIPT_TIMEOUT",
    "NOT_STARTED, -1, SCRIPT_NOT_STARTED"
  })
  void failuresSayNoWeight(Outcome outcome, int status, FailureReason reason) {
    CheckResult result = weighed(outcome, status);
    assertThat(result.failure()).isEqualTo(reason);
    assertThat(result.weightShare()).isNull();
  }

  private static CheckResult weighed(Outcome outcome, int status) {
    return ScriptChecker.weighed(new ScriptResult(outcome, status, 5, "out"), 10);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1, 5",
    "5, -3, -15",
    "-5, 3, -15",
    "0, 9, 0",
    "2147483647, 2, 2147483647",
    "-2147483648, 2147483647, -2147483647"
  })
  void aNumberTimesItsWeightIsAShare(int number, int weight, int share) {
    CheckResult result = said(new FileNumber(number, null, false), weight);
    assertThat(result.failure()).isNull();
    assertThat(result.weightShare()).isEqualTo(share);
    assertThat(result.detail()).isEqualTo("the file says " + number);
  }

  @Test
  void withoutWeightAnyNumberButZeroMeansDown() {
    CheckResult down = said(new FileNumber(3, null, false), 0);
    assertThat(down.failure()).isEqualTo(FailureReason.FILE_VALUE);
    assertThat(down.detail()).isEqualTo("the file says 3, 0 expected");
    assertThat(said(new FileNumber(0, null, false), 0).succeeded()).isTrue();
    assertThat(said(FileNumber.MISSING, 0).succeeded()).isTrue();
    assertThat(said(FileNumber.MISSING, 0).detail()).isEqualTo("no such file");
  }

  private static CheckResult said(FileNumber number, int weight) {
    return new Target.TrackFile("load", "/run/load", weight).result(number);
  }
}
