package io.keepstream.notifier.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.keepstream.contract.Envelope;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.route.Trouble;
import io.keepstream.runtime.ContractJson;
import java.io.UncheckedIOException;
import java.util.List;

/** What is sent in a request, and what it is. */
public record Body(String contentType, String text) {
  private static final String JSON = "application/json";

  /** Whether a target of this {@code form} is told of {@code envelope} at all. */
  public static boolean tells(Form form, Envelope envelope) {
    return switch (form) {
      case Form.PagerDuty _, Form.Alertmanager _ -> Trouble.of(envelope.event()).isPresent();
      case Form.CloudEvent _, Form.Slack _, Form.Teams _, Form.OwnTemplate _ -> true;
    };
  }

  /**
   * Writes {@code envelopes}, which the target is to be told of; several only where the form has
   * room for them.
   *
   * @param key the secret that goes into the body where the form has one, else anything
   */
  public static Body of(Form form, List<Envelope> envelopes, String key) {
    Envelope envelope = envelopes.getFirst();
    return switch (form) {
      case Form.CloudEvent _ when envelopes.size() > 1 ->
          json(CloudEvents.BATCH_TYPE, CloudEvents.batch(envelopes));
      case Form.CloudEvent _ -> json(CloudEvents.STRUCTURED_TYPE, CloudEvents.structured(envelope));
      case Form.Slack _ -> json(JSON, ChatBody.slack(envelopes));
      case Form.Teams _ -> json(JSON, ChatBody.teams(envelopes));
      case Form.PagerDuty _ -> json(JSON, PagerDutyBody.of(envelope, key));
      case Form.Alertmanager _ -> json(JSON, AlertmanagerBody.of(envelopes));
      case Form.OwnTemplate template ->
          new Body(
              template.isJson() ? JSON : "text/plain; charset=utf-8",
              TemplateBody.of(template, envelope));
    };
  }

  private static Body json(String contentType, JsonNode document) {
    try {
      return new Body(contentType, ContractJson.mapper().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
