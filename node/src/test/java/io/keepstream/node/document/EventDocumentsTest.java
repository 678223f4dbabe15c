package io.keepstream.node.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.runtime.ContractJson;
import io.keepstream.testkit.schema.PublishedSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents in the repository say what the program sends. */
class EventDocumentsTest {
  private static final Path FOLDER = Path.of("..", "docs");
  private static final PublishedSchemas SCHEMAS = new PublishedSchemas();

  @Test
  void theDocumentsAreWhatTheRecordsDeclare() throws IOException {
    assertThat(published())
        .as("write them anew: ./keepstream document --events docs")
        .isEqualTo(EventDocuments.all());
  }

  @Test
  void everyFieldHasAMeaning() {
    assertThat(EventDocuments.all())
        .allSatisfy((file, text) -> assertThat(text).doesNotContain("\"description\" : \"\""));
  }

  static Stream<Class<?>> records() {
    return Stream.of(Event.class, ServiceState.class, Standing.class)
        .flatMap(type -> ContractJson.recordsOf(type).stream());
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsWrittenOfARecordIsValid(Class<?> record) {
    for (Object sample : List.of(Samples.full(record), Samples.least(record))) {
      JsonNode json = ContractJson.mapper().valueToTree(sample);
      assertThat(SCHEMAS.errors(ContractNames.file(record), json)).isEmpty();
    }
  }

  @Test
  void whatIsMissingWrongOrUnknownIsNoticed() {
    ObjectNode event = ContractJson.mapper().valueToTree(Samples.full(VipEvent.Claimed.class));
    String file = ContractNames.file(VipEvent.Claimed.class);
    assertThat(SCHEMAS.errors(file, event.deepCopy().without("address"))).hasSize(1);
    assertThat(SCHEMAS.errors(file, event.deepCopy().put("address", 1))).hasSize(1);
    assertThat(SCHEMAS.errors(file, event.deepCopy().put("color", "red"))).hasSize(1);
    assertThat(SCHEMAS.errors(file, event.deepCopy().put("type", "other"))).hasSize(1);
  }

  private static Map<String, String> published() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String name : List.of("events.md", "asyncapi.json")) {
      files.put(name, Files.readString(FOLDER.resolve(name)));
    }
    try (Stream<Path> schemas = Files.list(FOLDER.resolve(EventDocuments.SCHEMA_FOLDER))) {
      for (Path schema : schemas.toList()) {
        String name = EventDocuments.SCHEMA_FOLDER + "/" + schema.getFileName();
        files.put(name, Files.readString(schema));
      }
    }
    return files;
  }
}
