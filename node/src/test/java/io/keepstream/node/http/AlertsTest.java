package io.keepstream.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Path RULES = Path.of("..", "docs", "monitoring", "keepstream.rules.yml");

  @Test
  void eachAlertNamesTheCommandToBeginWith() throws IOException {
    List<String> alerts = Stream.of(Files.readString(RULES).split("- alert: ")).skip(1).toList();
    assertThat(alerts).isNotEmpty().allSatisfy(alert -> assertThat(alert).contains("command: \""));
  }
}
