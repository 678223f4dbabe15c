package io.keepstream.notifier.body;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Source;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.runtime.ContractJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events in the form of CloudEvents 1.0. */
public final class CloudEvents {
  public static final String DATA_TYPE = "application/json";
  static final String STRUCTURED_TYPE = "application/cloudevents+json";
  static final String BATCH_TYPE = "application/cloudevents-batch+json";

  private CloudEvents() {}

  /**
   * The attributes, but for the content type. {@code sequence} and {@code bootid} are extensions by
   * which a receiver sees that something is missing.
   */
  public static Map<String, String> attributes(Envelope envelope) {
    Source source = envelope.source();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", envelope.id());
    attributes.put("source", path(source));
    attributes.put("type", envelope.event().typeName());
    attributes.put("subject", envelope.event().subject());
    attributes.put("time", envelope.occurredAt().toString());
    attributes.put("sequence", Long.toString(envelope.sequence()));
    attributes.put("bootid", source.bootId());
    return attributes;
  }

  /** Those of what a subject's state is at {@code time}. */
  public static Map<String, String> attributes(Standing standing, Instant time) {
    Source source = standing.source();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", source.node() + "/" + standing.subject() + "@" + time);
    attributes.put("source", path(source));
    attributes.put("type", "io.keepstream.state.v1");
    attributes.put("subject", standing.subject());
    attributes.put("time", time.toString());
    return attributes;
  }

  private static String path(Source source) {
    return "/" + encoded(source.node()) + "/" + source.service().label();
  }

  /** The event itself. */
  public static byte[] data(Envelope envelope) {
    return ContractJson.bytes(envelope.event());
  }

  /** Attributes and event in one document: the structured content mode. */
  static ObjectNode structured(Envelope envelope) {
    ObjectNode document = ContractJson.mapper().createObjectNode();
    attributes(envelope).forEach(document::put);
    document.put("datacontenttype", DATA_TYPE);
    document.set("data", ContractJson.mapper().valueToTree(envelope.event()));
    return document;
  }

  /** Several in one document: the batched content mode. */
  static ArrayNode batch(List<Envelope> envelopes) {
    ArrayNode documents = ContractJson.mapper().createArrayNode();
    envelopes.forEach(envelope -> documents.add(structured(envelope)));
    return documents;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
