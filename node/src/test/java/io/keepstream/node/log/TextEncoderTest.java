package io.keepstream.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEncoderTest {
  private static String encoded(String zone, String at, Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            new LoggerContext().getLogger("keepstream"),
            Level.INFO,
            "{} is",
            thrown,
            new Object[] {"it"});
    event.setInstant(Instant.parse(at));
    TextEncoder encoder = new TextEncoder(() -> TimeZone.getTimeZone(zone));
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-01-02T03:04:05.006Z, 2026-01-02 03:04:05.006",
    "Europe/Berlin, 2026-01-02T03:04:05.006Z, 2026-01-02 04:04:05.006",
    "Europe/Berlin, 2026-07-02T03:04:05.006Z, 2026-07-02 05:04:05.006",
    "America/St_Johns, 2026-01-02T03:04:05.006Z, 2026-01-01 23:34:05.006",
    "GMT+23:00, 2026-01-02T03:04:05.006Z, 2026-01-03 02:04:05.006",
  })
  void aLineHasTheTimeOfTheZone(String zone, String at, String local) {
    assertThat(encoded(zone, at, null)).isEqualTo(local + " it is\n");
  }

  @Test
  void anExceptionIsBelowItsLineWithWhatCausedIt() {
    Exception thrown = new IllegalStateException("no", new IllegalArgumentException("bad"));
    assertThat(encoded("UTC", "2026-01-02T03:04:05Z", thrown))
        .startsWith("2026-01-02 03:04:05.000 it is\njava.lang.IllegalStateException: no\n\tat ")
        .contains("\nCaused by: java.lang.IllegalArgumentException: bad\n")
        .endsWith("\n");
  }
}
