package io.keepstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keepstream.lab.NamespaceLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabReportTest {
  @Test
  void aFailureShowsWhatTheProcessesWroteLast() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      lab.start("counter", List.of("seq", "100")).awaitExit(Duration.ofSeconds(5));
    }
    AssertionError failure = new AssertionError("no master");

    Throwable reported =
        catchThrowable(() -> new LabReport().handleTestExecutionException(null, failure));

    assertThat(reported).isSameAs(failure);
    assertThat(reported.getSuppressed()[0])
        .hasMessageContaining("counter (ended with status 0), last of 100 lines:\n71\n")
        .hasMessageEndingWith("\n100");
  }
}
