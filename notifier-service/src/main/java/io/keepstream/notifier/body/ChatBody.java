package io.keepstream.notifier.body;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.Envelope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages for people in chats. */
final class ChatBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Longer texts are refused by Slack. */
  private static final int MOST_CHARACTERS = 2_900;

  private ChatBody() {}

  /** For an incoming webhook of Slack: blocks, and a text for notifications. */
  static ObjectNode slack(Envelope envelope) {
    String summary = escaped(shortened(envelope.event().summary()));
    ObjectNode message = JSON.objectNode().put("text", summary);
    ArrayNode blocks = message.putArray("blocks");
    blocks.addObject().put("type", "section").set("text", markdown(summary));
    blocks
        .addObject()
        .put("type", "context")
        .putArray("elements")
        .add(markdown(escaped(String.join("  ·  ", facts(envelope).values()))));
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
  static ObjectNode teams(Envelope envelope) {
    ObjectNode message = JSON.objectNode().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    ArrayNode body = card.putArray("body");
    body.addObject()
        .put("type", "TextBlock")
        .put("text", shortened(envelope.event().summary()))
        .put("wrap", true);
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    facts(envelope)
        .forEach((title, value) -> facts.addObject().put("title", title).put("value", value));
    return message;
  }

  private static Map<String, String> facts(Envelope envelope) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("node", envelope.source().node());
    facts.put("subject", envelope.event().subject());
    facts.put("event", envelope.event().typeName());
    facts.put("time", envelope.occurredAt().toString());
    return facts;
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }
}
