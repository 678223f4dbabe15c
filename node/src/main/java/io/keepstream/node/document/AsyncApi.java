package io.keepstream.node.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.runtime.ContractJson;
import java.util.List;

/** {@code docs/asyncapi.json}: where events go and in what form, as AsyncAPI 3. */
final class AsyncApi {
  private static final String MESSAGES = "#/components/messages/";
  private static final String STATE = "state";

  private AsyncApi() {}

  static ObjectNode document() {
    ObjectNode document = ContractJson.mapper().createObjectNode().put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Keepstream events")
        .put("version", "1.0.0")
        .put("description", "Every change of state of a Keepstream node; see events.md.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    document.put("defaultContentType", "application/json");
    channels(document.putObject("channels"));
    operations(document.putObject("operations"));
    components(document.putObject("components"));
    return document;
  }

  private static void channels(ObjectNode channels) {
    ObjectNode transitions =
        channel(
            channels.putObject("transitions"),
            "{cluster}.transitions",
            "Every event, appended to a Kafka topic: CloudEvents 1.0 in the binary content mode.");
    parameter(transitions, "cluster", "The word `cluster` of the block `event_stream`.");
    ObjectNode state =
        channel(
            channels.putObject("state"),
            "{cluster}.state",
            "How it stands with each subject of each node: a compacted Kafka topic, with a"
                + " tombstone for what is no more. Whatever a node says is stale once the"
                + " freshUntil of its subject `node` is past.");
    parameter(state, "cluster", "The word `cluster` of the block `event_stream`.");
    state.putObject("messages").putObject(STATE).put("$ref", MESSAGES + STATE);
    ObjectNode webhook =
        channel(
            channels.putObject("webhook"),
            null,
            "The events a `webhook` block asks for, each as the data of one CloudEvents 1.0"
                + " document in an HTTP request, signed as Standard Webhooks says.");
    for (ObjectNode channel : List.of(transitions, webhook)) {
      ObjectNode messages = channel.putObject("messages");
      ContractJson.recordsOf(Event.class)
          .forEach(event -> refer(messages.putObject(ContractNames.title(event)), event));
    }
  }

  private static ObjectNode channel(ObjectNode channel, String address, String description) {
    return channel.put("address", address).put("description", description);
  }

  private static void parameter(ObjectNode channel, String name, String description) {
    channel.putObject("parameters").putObject(name).put("description", description);
  }

  private static void refer(ObjectNode reference, Class<?> event) {
    reference.put("$ref", MESSAGES + ContractNames.title(event));
  }

  private static void operations(ObjectNode operations) {
    for (String channel : List.of("transitions", "state", "webhook")) {
      operations
          .putObject(channel)
          .put("action", "send")
          .putObject("channel")
          .put("$ref", "#/channels/" + channel);
    }
  }

  private static void components(ObjectNode components) {
    ObjectNode messages = components.putObject("messages");
    for (Class<?> event : ContractJson.recordsOf(Event.class)) {
      ObjectNode message = messages.putObject(ContractNames.title(event));
      message.put("name", ContractNames.typeName(event).orElseThrow());
      message.put("summary", RecordDocs.of(event));
      message.putObject("payload").put("$ref", "schema/" + ContractNames.file(event));
      message.putArray("traits").addObject().put("$ref", "#/components/messageTraits/cloudEvent");
    }
    ObjectNode state = messages.putObject(STATE);
    state.put("name", "io.keepstream.state.v1");
    state.put("summary", RecordDocs.of(Standing.class));
    state.putObject("payload").put("$ref", "schema/" + ContractNames.file(Standing.class));
    state
        .putObject("bindings")
        .putObject("kafka")
        .putObject("key")
        .put("type", "string")
        .put("description", "The node's name, a slash, and the subject.");
    ObjectNode trait = components.putObject("messageTraits").putObject("cloudEvent");
    headers(trait.putObject("headers"));
    trait
        .putObject("bindings")
        .putObject("kafka")
        .putObject("key")
        .put("type", "string")
        .put("description", "The event's subject, so that events of one subject keep their order.");
  }

  private static void headers(ObjectNode headers) {
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    header(properties, "ce_specversion", "Always 1.0.");
    header(
        properties, "ce_id", "Unique across nodes and restarts, the same whenever it is repeated.");
    header(properties, "ce_source", "The node and its service, as in /lb1/election.");
    header(properties, "ce_type", "The event's type.");
    header(properties, "ce_subject", "What the event is about.");
    header(properties, "ce_time", "When it happened: wall-clock time in UTC, for people.");
    header(properties, "ce_sequence", "One more for each event of a source, without gaps.");
    header(properties, "ce_bootid", "Changes at every start; sequences begin again with it.");
    header(properties, "content-type", "Always application/json.");
    ArrayNode required = headers.putArray("required");
    properties.fieldNames().forEachRemaining(required::add);
  }

  private static void header(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }
}
