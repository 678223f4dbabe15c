package io.keepstream.notifier.body;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.Envelope;
import io.keepstream.notifier.route.Trouble;
import io.keepstream.runtime.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** PagerDuty's Events API v2: trouble triggers an incident, and its end resolves the same one. */
final class PagerDutyBody {
  private static final int MOST_SUMMARY_CHARACTERS = 1024;
  private static final int MOST_KEY_CHARACTERS = 255;

  private PagerDutyBody() {}

  static ObjectNode of(Envelope envelope, String routingKey) {
    Trouble trouble = Trouble.of(envelope.event()).orElseThrow();
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("routing_key", routingKey);
    event.put("event_action", trouble.lasts() ? "trigger" : "resolve");
    event.put("dedup_key", key(envelope.source().node() + "/" + trouble.key()));
    event.put("client", "Keepstream");
    ObjectNode payload = event.putObject("payload");
    String summary = envelope.event().summary();
    payload.put(
        "summary", summary.substring(0, Math.min(summary.length(), MOST_SUMMARY_CHARACTERS)));
    payload.put("source", envelope.source().node());
    payload.put("severity", trouble.severity().name().toLowerCase(Locale.ROOT));
    payload.put("timestamp", envelope.occurredAt().toString());
    payload.put("component", envelope.event().subject());
    payload.put("class", envelope.event().typeName());
    payload.set("custom_details", ContractJson.mapper().valueToTree(envelope.event()));
    return event;
  }

  /** Long names keep what tells them apart. */
  private static String key(String whole) {
    return whole.length() <= MOST_KEY_CHARACTERS
        ? whole
        : UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
