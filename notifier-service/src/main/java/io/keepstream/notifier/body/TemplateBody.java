package io.keepstream.notifier.body;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.type.TypeReference;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.Event;
import io.keepstream.notifier.config.Webhook.Form.OwnTemplate;
import io.keepstream.runtime.ContractJson;
import java.util.Map;

/**
 * A user's own template, in Mustache, which knows no logic but sections: {@code {{summary}}},
 * {@code {{event.router.instance}}}. In a JSON template every value is escaped for the inside of a
 * JSON string. What an event does not have is empty.
 */
final class TemplateBody {
  private TemplateBody() {}

  static String of(OwnTemplate template, Envelope envelope) {
    return compiled(template).execute(values(envelope));
  }

  private static Template compiled(OwnTemplate template) {
    return Mustache.compiler()
        .withEscaper(template.isJson() ? TemplateBody::insideString : text -> text)
        .defaultValue("")
        .compile(template.text());
  }

  private static String insideString(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static Map<String, Object> values(Envelope envelope) {
    Event event = envelope.event();
    Map<String, Object> fields =
        ContractJson.mapper().convertValue(event, new TypeReference<Map<String, Object>>() {});
    return Map.of(
        "id", envelope.id(),
        "type", event.typeName(),
        "subject", event.subject(),
        "summary", event.summary(),
        "node", envelope.source().node(),
        "service", envelope.source().service().label(),
        "time", envelope.occurredAt().toString(),
        "event", fields);
  }
}
