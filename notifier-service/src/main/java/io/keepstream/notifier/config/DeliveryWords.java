package io.keepstream.notifier.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.defines;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Block;
import java.util.List;

/** The blocks that keepalived does not have: where events go besides scripts, FIFOs and mail. */
final class DeliveryWords {
  private static final String HOST_PORT = "\\S+:[0-9]{1,5}";
  private static final Arguments PRESETS =
      new Arguments.Choice(
          List.of(word("template", ACTS, path()).means("A Mustache template of one's own")),
          List.of(oneOf("cloudevents", "slack", "teams", "pagerduty", "alertmanager")));

  private static final Block TOP =
      block(
          TOP_LEVEL,
          word("event_stream", ACTS).block().lastWins().means("Events to Kafka"),
          word("webhook", ACTS, defines("webhook")).block().means("Events to an HTTP endpoint"),
          word("noise_control", ACTS)
              .block()
              .lastWins()
              .means("When something flaps, and how often lasting trouble is told again"),
          word("journal", ACTS)
              .block()
              .lastWins()
              .means("Where all events are kept until they are delivered, and for a while after"));
  private static final Block EVENT_STREAM =
      block(
          "event_stream",
          word("bootstrap_servers", ACTS, many(matching("host:port", HOST_PORT)))
              .required()
              .means("Kafka brokers to begin with"),
          word("cluster", ACTS, text("name")).means("Prefix of the topics, as in edge.transitions"),
          word("create_topics", ACTS, bool())
              .means("Create the topic where it is missing; on unless told otherwise"),
          word("watch", ACTS, bool())
              .means("Tell when two nodes of the cluster claim the same address"),
          word("give_up_after", ACTS, Ages.param())
              .means("When an event that is not taken becomes a dead letter; 1d if not given"),
          word("property", ACTS, text("name"), text("value"))
              .many()
              .means("A property of the Kafka client"));
  private static final Block WEBHOOK =
      block(
          "webhook",
          word("url", ACTS, matching("http or https URL", "https?://\\S+"))
              .required()
              .means("Where to send events"),
          word("secret_file", ACTS, path())
              .many()
              .means("File with a signing secret; several allow rotation"),
          word("secret_env", ACTS, text("name"))
              .many()
              .means("Environment variable with a signing secret"),
          word("events", ACTS, many(text("pattern")))
              .many()
              .means("Which events, as in vrrp.* or backend.*; all if none"),
          word("subjects", ACTS, many(text("pattern")))
              .many()
              .means("Events about what, as in vrrp/VI_1 or backend/*; all if none"),
          word("ca_file", ACTS, path()).means("Certificates that are trusted, in PEM form"),
          word("leave_out", ACTS, many(oneOf("flapping", "drained")))
              .many()
              .means("What not to tell: the ups and downs of what flaps, and of what is drained"),
          word("group_wait", ACTS, Ages.param())
              .means("For how long events are gathered and then told in one message; 0 for none"),
          word("give_up_after", ACTS, Ages.param())
              .means("When an event that is not taken becomes a dead letter; 1d if not given"),
          word("preset", ACTS).with(PRESETS).means("Form of the message; cloudevents if not given"),
          word("routing_key_file", ACTS, path()).means("File with the key of a PagerDuty service"));
  private static final Block NOISE_CONTROL =
      block(
          "noise_control",
          word("flap_suppress", ACTS, integer(1, 1_000_000))
              .means("Penalty from which a subject flaps, 1000 for each change; 3000 if not given"),
          word("flap_reuse", ACTS, integer(1, 1_000_000))
              .means("Penalty below which it does no longer; 750 if not given"),
          word("flap_half_life", ACTS, Ages.param())
              .means("Time in which a penalty halves; 60s if not given"),
          word("remind", ACTS, Ages.param())
              .means("How often lasting trouble is told again; never if not given"));
  private static final Block JOURNAL =
      block(
          "journal",
          word("directory", ACTS, path())
              .means("Where it is kept; $STATE_DIRECTORY or /var/lib/keepstream if not given"),
          word("max_size", ACTS, matching("size with K, M or G", JournalReader.SIZE))
              .means("Bound beyond which the oldest entries go; 1G if not given"),
          word("max_age", ACTS, Ages.param())
              .means("Age beyond which delivered entries go; 30d if not given"));

  private DeliveryWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(TOP, EVENT_STREAM, WEBHOOK, NOISE_CONTROL, JOURNAL);
  }
}
