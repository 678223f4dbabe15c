package io.keepstream.node.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.runtime.ContractJson;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code docs/events.md}: the schemas of all events and states as a page for people. */
final class EventPage {
  private static final String HEAD =
      """
      # Events

      Every change of state is an event: published once, with its cause and evidence, and never repeated
      for the same change. Events of one **subject** keep their order. A field is only ever added to an
      event; a change of meaning makes another type, `...v2`.

      Times of day are for people: UTC, as in `2026-01-02T03:04:05.678Z`. Durations and ages were measured
      on a clock that nobody sets. What is marked *optional* is left out where there is nothing to say; a
      list that is left out is empty.

      Webhooks and Kafka carry events as CloudEvents 1.0, and `--log json` as they are. The folder
      [schema](schema) has a JSON Schema of each, and [asyncapi.json](asyncapi.json) says where they go.
      All of these, and this page, are written by `keepstream document --events docs` from the records of
      the program.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final Map<String, JsonNode> parts = new TreeMap<>();

  private EventPage() {}

  static String text() {
    EventPage page = new EventPage();
    page.contents();
    page.record("## Around every event", RecordSchema.of(Envelope.class));
    for (Class<?> family : Event.class.getPermittedSubclasses()) {
      page.family(family);
    }
    page.states();
    page.line("\n## What events and states are made of");
    page.parts.forEach((name, part) -> page.record("### " + name, part));
    return page.page.toString();
  }

  private void contents() {
    line("\n| event | sent when |\n|---|---|");
    for (Class<?> event : ContractJson.recordsOf(Event.class)) {
      String name = ContractNames.title(event);
      line("| [%s](#%s) | %s |".formatted(name, name.replace(".", ""), cell(RecordDocs.of(event))));
    }
  }

  private void family(Class<?> family) {
    if (!family.isRecord()) {
      line("\n## %s\n\n%s".formatted(area(family), RecordDocs.of(family)));
    }
    for (Class<?> event : ContractJson.recordsOf(family)) {
      record("### " + ContractNames.title(event), RecordSchema.of(event));
      Event sample = (Event) Samples.full(event);
      line("\nType: `%s`. Subject: `%s`.".formatted(sample.typeName(), sample.subject()));
      line("In the log: `%s`".formatted(sample.summary()));
    }
  }

  /** What the names of a family's events have in common. */
  private static String area(Class<?> family) {
    return ContractJson.recordsOf(family).stream()
        .map(ContractNames::title)
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        .min(Comparator.comparingInt(String::length))
        .orElseThrow();
  }

  private void states() {
    line("\n## Snapshots\n\n" + RecordDocs.of(ServiceState.class));
    record("### Snapshot", RecordSchema.of(Snapshot.class));
    record("### Standing", RecordSchema.of(Standing.class));
    for (Class<?> state : ContractJson.recordsOf(ServiceState.class)) {
      record("### State: " + ContractNames.title(state), RecordSchema.of(state));
    }
  }

  private void record(String heading, JsonNode schema) {
    line("\n%s\n\n%s".formatted(heading, schema.path("description").asText()));
    if (schema.has("enum")) {
      line("\nOne of %s.".formatted(choices(schema)));
      return;
    }
    line("\n| field | type | meaning |\n|---|---|---|");
    schema.path("properties").properties().stream()
        .filter(field -> !field.getValue().has("const"))
        .forEach(field -> row(schema, field));
    schema.path("$defs").properties().forEach(part -> parts.put(part.getKey(), part.getValue()));
  }

  private void row(JsonNode record, Map.Entry<String, JsonNode> field) {
    String name = field.getKey();
    JsonNode schema = field.getValue();
    boolean required =
        elements(record.path("required")).anyMatch(entry -> entry.asText().equals(name));
    String type = type(schema) + (required ? "" : ", *optional*");
    line("| `%s` | %s | %s |".formatted(name, type, cell(schema.path("description").asText())));
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      return "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT));
    }
    if (schema.has("oneOf")) {
      return "one of those below";
    }
    return switch (schema.path("type").asText("")) {
      case "" -> "anything";
      case "array" -> "list of " + type(schema.path("items"));
      case "object" -> "by name: " + type(schema.path("additionalProperties"));
      case "string" -> schema.has("format") ? "time" : "text";
      case "boolean" -> "yes or no";
      default -> schema.has("x-unit") ? schema.path("x-unit").asText() : "number";
    };
  }

  private static String choices(JsonNode schema) {
    return elements(schema.path("enum"))
        .map(choice -> "`" + choice.asText() + "`")
        .collect(Collectors.joining(", "));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
