package io.keepstream.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FactsReaderTest {
  @Test
  void aProgramThatHangsIsNotWaitedFor() throws InterruptedException {
    assertThat(FactsReader.output(Duration.ofMillis(100), "sleep", "600")).isEmpty();
    assertThat(FactsReader.output(Duration.ofSeconds(10), "echo", "rules")).contains("rules\n");
  }
}
