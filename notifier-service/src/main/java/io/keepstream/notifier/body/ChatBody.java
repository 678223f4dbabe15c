package io.keepstream.notifier.body;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.Envelope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Messages for people in chats. */
final class ChatBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Longer texts are refused by Slack. */
  private static final int MOST_CHARACTERS = 2_900;

  private ChatBody() {}

  /** For an incoming webhook of Slack: blocks, and a text for notifications. */
  static ObjectNode slack(List<Envelope> envelopes) {
    String summary = escaped(shortened(summary(envelopes)));
    ObjectNode message = JSON.objectNode().put("text", summary);
    ArrayNode blocks = message.putArray("blocks");
    blocks.addObject().put("type", "section").set("text", markdown(summary));
    blocks
        .addObject()
        .put("type", "context")
        .putArray("elements")
        .add(markdown(escaped(String.join("  ·  ", facts(envelopes).values()))));
    return message;
  }

  /** Slack asks for no more than these three to be escaped. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static ObjectNode markdown(String text) {
    return JSON.objectNode().put("type", "mrkdwn").put("text", text);
  }

  /** For a workflow of Teams that posts what a webhook brings: an adaptive card. */
  static ObjectNode teams(List<Envelope> envelopes) {
    ObjectNode message = JSON.objectNode().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    ArrayNode body = card.putArray("body");
    body.addObject()
        .put("type", "TextBlock")
        .put("text", shortened(summary(envelopes)))
        .put("wrap", true);
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    facts(envelopes)
        .forEach((title, value) -> facts.addObject().put("title", title).put("value", value));
    return message;
  }

  /** The lines of all; a blank line between them, which Teams needs for a new one. */
  private static String summary(List<Envelope> envelopes) {
    return envelopes.stream()
        .map(envelope -> envelope.event().summary())
        .collect(Collectors.joining("\n\n"));
  }

  /** What is known of one; of several what they have in common. */
  private static Map<String, String> facts(List<Envelope> envelopes) {
    Envelope envelope = envelopes.getFirst();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("node", envelope.source().node());
    if (envelopes.size() > 1) {
      facts.put("events", envelopes.size() + " events");
      facts.put("time", envelope.occurredAt().toString());
      return facts;
    }
    facts.put("subject", envelope.event().subject());
    facts.put("event", envelope.event().typeName());
    facts.put("time", envelope.occurredAt().toString());
    return facts;
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }
}
