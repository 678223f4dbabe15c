package io.keepstream.notifier.body;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.FAULT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each form against what its target publishes about it. */
class BodyTest {
  private static final Envelope FAULTY = Events.envelope(7, Events.instance("VI_1", BACKUP, FAULT));
  private static final Envelope FINE = Events.envelope(8, Events.instance("VI_1", FAULT, BACKUP));

  @Test
  void slackGetsBlocksAndATextInWhichNothingIsMarkup() throws IOException {
    Envelope envelope = Events.envelope(1, new NodeEvent.Stopping("a < b & c"));
    JsonNode message = json(new Form.Slack(), envelope);
    assertThat(message.path("text").asText()).isEqualTo("Stopping: a &lt; b &amp; c");
    assertThat(message.at("/blocks/0/type").asText()).isEqualTo("section");
    assertThat(message.at("/blocks/0/text/type").asText()).isEqualTo("mrkdwn");
    assertThat(message.at("/blocks/1/elements/0/text").asText())
        .isEqualTo("lb1  ·  node  ·  io.keepstream.node.stopping.v1  ·  2026-01-02T03:04:05.678Z");
  }

  @Test
  void slackGetsNoMoreThanItTakes() throws IOException {
    Envelope envelope = Events.envelope(1, new NodeEvent.Stopping("x".repeat(10_000)));
    assertThat(json(new Form.Slack(), envelope).at("/blocks/0/text/text").asText())
        .hasSizeLessThan(3_000);
  }

  @Test
  void teamsGetsAnAdaptiveCard() throws IOException {
    JsonNode message = json(new Form.Teams(), FAULTY);
    assertThat(message.path("type").asText()).isEqualTo("message");
    assertThat(message.at("/attachments/0/contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode card = message.at("/attachments/0/content");
    assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/body/0/text").asText()).startsWith("(VI_1) Entering FAULT STATE");
    assertThat(card.at("/body/1/facts/0").toString())
        .isEqualTo("{\"title\":\"node\",\"value\":\"lb1\"}");
  }

  @Test
  void pagerDutyTriggersAndResolvesOneIncident() throws IOException {
    JsonNode trigger = json(new Form.PagerDuty(Path.of("/key")), FAULTY);
    JsonNode resolve = json(new Form.PagerDuty(Path.of("/key")), FINE);
    assertThat(trigger.path("routing_key").asText()).isEqualTo("the key");
    assertThat(trigger.path("event_action").asText()).isEqualTo("trigger");
    assertThat(resolve.path("event_action").asText()).isEqualTo("resolve");
    assertThat(trigger.path("dedup_key").asText()).isEqualTo("lb1/vrrp/VI_1");
    assertThat(resolve.path("dedup_key")).isEqualTo(trigger.path("dedup_key"));
    JsonNode payload = trigger.path("payload");
    assertThat(payload.path("source").asText()).isEqualTo("lb1");
    assertThat(payload.path("severity").asText()).isEqualTo("critical");
    assertThat(payload.path("timestamp").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(payload.at("/custom_details/to").asText()).isEqualTo("FAULT");
  }

  @Test
  void pagerDutyGetsNoMoreThanItTakes() throws IOException {
    Envelope envelope =
        Events.envelope(1, new DeliveryEvent.Failing("s".repeat(300), "x".repeat(5_000)));
    JsonNode event = json(new Form.PagerDuty(Path.of("/key")), envelope);
    assertThat(event.path("dedup_key").asText()).hasSizeLessThanOrEqualTo(255);
    assertThat(event.at("/payload/summary").asText()).hasSize(1024);
  }

  @Test
  void alertmanagerKnowsTroubleAndItsEndByTheSameLabels() throws IOException {
    JsonNode trouble = json(new Form.Alertmanager(), FAULTY).path(0);
    JsonNode over = json(new Form.Alertmanager(), FINE).path(0);
    assertThat(trouble.path("labels")).isEqualTo(over.path("labels"));
    assertThat(trouble.path("labels").toString())
        .isEqualTo(
            "{\"alertname\":\"Keepstream\",\"node\":\"lb1\",\"subject\":\"vrrp/VI_1\","
                + "\"severity\":\"critical\"}");
    assertThat(trouble.path("startsAt").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(trouble.path("endsAt").asText()).startsWith("2027");
    assertThat(over.path("endsAt").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
  }

  @Test
  void whereTroublesAreToldNothingElseIs() {
    Envelope noTrouble = Events.envelope(1, new NodeEvent.Stalled(null, 5));
    for (Form form : List.of(new Form.PagerDuty(Path.of("/key")), new Form.Alertmanager())) {
      assertThat(Body.tells(form, FAULTY)).isTrue();
      assertThat(Body.tells(form, noTrouble)).isFalse();
    }
    assertThat(Body.tells(new Form.Slack(), noTrouble)).isTrue();
  }

  @Test
  void severalEventsAreOneMessageWhereTheFormHasRoom() throws IOException {
    List<Envelope> both = List.of(FAULTY, Events.envelope(2, Events.down()));
    JsonNode slack = ContractJson.mapper().readTree(Body.of(new Form.Slack(), both, "").text());
    assertThat(slack.path("text").asText())
        .contains("(VI_1) Entering FAULT STATE", "\n\n" + Events.down().summary());
    assertThat(slack.at("/blocks/1/elements/0/text").asText()).startsWith("lb1  ·  2 events");
    JsonNode alerts =
        ContractJson.mapper().readTree(Body.of(new Form.Alertmanager(), both, "").text());
    assertThat(alerts).hasSize(2);
    Body events = Body.of(new Form.CloudEvent(), both, "");
    assertThat(events.contentType()).isEqualTo("application/cloudevents-batch+json");
    assertThat(ContractJson.mapper().readTree(events.text()).at("/1/id").asText())
        .isEqualTo(both.getLast().id());
  }

  @Test
  void aTemplateOfJsonStaysJsonWhateverAnEventSays() throws IOException {
    String text = "{\"who\": \"{{node}}\", \"what\": \"{{summary}}\", \"none\": \"{{event.nix}}\"}";
    Form form = new Form.OwnTemplate(Path.of("/etc/ops.json"), text);
    Envelope envelope = Events.envelope(1, new NodeEvent.Stopping("\"a\"\n\\ {{node}} <b>"));
    JsonNode json = json(form, envelope);
    assertThat(json.path("what").asText()).isEqualTo("Stopping: \"a\"\n\\ {{node}} <b>");
    assertThat(json.path("who").asText()).isEqualTo("lb1");
    assertThat(json.path("none").asText()).isEmpty();
  }

  @Test
  void aTemplateOfTextHasSectionsAndNestedFields() {
    String text = "{{#event.cause}}{{subject}} {{event.router.vrid}} {{reason}}{{/event.cause}}.";
    Body body = Body.of(new Form.OwnTemplate(Path.of("/etc/ops.txt"), text), List.of(FAULTY), "");
    assertThat(body.text()).isEqualTo("vrrp/VI_1 51 STARTED.");
    assertThat(body.contentType()).isEqualTo("text/plain; charset=utf-8");
  }

  private static JsonNode json(Form form, Envelope envelope) throws IOException {
    Body body = Body.of(form, List.of(envelope), "the key");
    assertThat(body.contentType()).isEqualTo("application/json");
    return ContractJson.mapper().readTree(body.text());
  }
}
