package io.keepstream.node.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.runtime.ContractJson;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All published documents about events. */
public final class EventDocuments {
  /** The folder of the schemas, in which there is nothing else. */
  public static final String SCHEMA_FOLDER = "schema";

  private EventDocuments() {}

  /** The text of each, by its path. */
  public static Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    files.put("events.md", EventPage.text());
    files.put("asyncapi.json", pretty(AsyncApi.document()));
    for (Class<?> record : records()) {
      String path = SCHEMA_FOLDER + "/" + ContractNames.file(record);
      files.put(path, pretty(RecordSchema.of(record)));
    }
    return files;
  }

  private static List<Class<?>> records() {
    List<Class<?>> records =
        new ArrayList<>(List.of(Envelope.class, Snapshot.class, Standing.class));
    records.addAll(ContractJson.recordsOf(Event.class));
    records.addAll(ContractJson.recordsOf(ServiceState.class));
    return records;
  }

  private static String pretty(JsonNode json) {
    try {
      return ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
