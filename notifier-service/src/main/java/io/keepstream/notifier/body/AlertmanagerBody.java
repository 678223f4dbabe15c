package io.keepstream.notifier.body;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.Envelope;
import io.keepstream.notifier.route.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What {@code POST /api/v2/alerts} of Prometheus' Alertmanager takes. Trouble and its end have the
 * same labels, by which Alertmanager knows an alert.
 */
final class AlertmanagerBody {
  /** Else Alertmanager takes an alert for resolved that nobody repeats for five minutes. */
  private static final Duration UNTIL_RESOLVED = Duration.ofDays(365);

  private AlertmanagerBody() {}

  static ArrayNode of(List<Envelope> envelopes) {
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    envelopes.forEach(envelope -> fill(alerts.addObject(), envelope));
    return alerts;
  }

  private static void fill(ObjectNode alert, Envelope envelope) {
    Trouble trouble = Trouble.of(envelope.event()).orElseThrow();
    ObjectNode labels = alert.putObject("labels");
    labels.put("alertname", "Keepstream");
    labels.put("node", envelope.source().node());
    labels.put("subject", trouble.key());
    labels.put("severity", trouble.severity().name().toLowerCase(Locale.ROOT));
    ObjectNode annotations = alert.putObject("annotations");
    annotations.put("summary", envelope.event().summary());
    annotations.put("event", envelope.event().typeName());
    annotations.put("id", envelope.id());
    if (trouble.lasts()) {
      alert.put("startsAt", envelope.occurredAt().toString());
      alert.put("endsAt", envelope.occurredAt().plus(UNTIL_RESOLVED).toString());
    } else {
      alert.put("endsAt", envelope.occurredAt().toString());
    }
  }
}
