package io.keepstream.notifier.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalJsonTest {
  private static final Source SOURCE = new Source("lb\"1", Service.LVS, "b00t");

  @Test
  void anEnvelopeTellsHowFarItsSourceHasBeenHeard() throws IOException {
    Envelope envelope =
        new Envelope(
            SOURCE, 41, Instant.EPOCH, new NodeEvent.ConfigRejected("f", List.of("a", "b")));
    assertThat(JournalJson.heard(ContractJson.bytes(envelope))).isEqualTo(new Heard(SOURCE, 41));
  }

  @Test
  void aHeaderIsReadAsItWasWritten() throws IOException {
    SegmentHeader header =
        new SegmentHeader(
            Instant.parse("2026-01-02T03:04:05.678Z"),
            List.of(
                new Heard(SOURCE, Long.MAX_VALUE),
                new Heard(new Source("lb2", Service.NODE, ""), 1)));
    assertThat(JournalJson.header(header.json())).isEqualTo(header);
  }

  @Test
  void whatIsNotKnownIsSkipped() throws IOException {
    String json =
        """
        {"later":[{"source":{}}],"source":{"zone":{"a":1},"node":"lb1","service":"health","bootId":"b"},
         "event":{"sequence":9,"source":7},"sequence":3}""";
    assertThat(JournalJson.heard(json.getBytes(UTF_8)))
        .isEqualTo(new Heard(new Source("lb1", Service.HEALTH, "b"), 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{}",
        "{\"sequence\":1}",
        "{\"source\":7,\"sequence\":1",
        "{\"source\":{\"service\":\"nobody\"},\"sequence\":1}",
        "{\"source\":{\"service\":\"health\"},\"sequence\":\"much\"}"
      })
  void anythingElseIsRefused(String json) {
    assertThatThrownBy(() -> JournalJson.heard(json.getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"createdAt\":\"now\"}", "{\"createdAt\":{}}"})
  void whatIsNoHeaderIsRefused(String json) {
    assertThatThrownBy(() -> JournalJson.header(json.getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(SegmentHeader.read(json.getBytes(UTF_8))).isEmpty();
  }
}
