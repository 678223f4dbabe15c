package io.keepstream.notifier.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.defines;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.NOT_YET;

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
          word("journal", NOT_YET)
              .block()
              .lastWins()
              .means("Where events wait until they are delivered"));
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
          word("preset", ACTS).with(PRESETS).means("Form of the message; cloudevents if not given"),
          word("routing_key_file", ACTS, path()).means("File with the key of a PagerDuty service"));
  private static final Block JOURNAL =
      block(
          "journal",
          word("directory", NOT_YET, path()).means("Where it is kept"),
          word("max_size", NOT_YET, matching("size with K, M or G", "[0-9]+[KMG]?"))
              .means("Bound beyond which delivered entries go"),
          word("max_age", NOT_YET, matching("age with s, m, h or d", "[0-9]+[smhd]?"))
              .means("Age beyond which delivered entries go"));

  private DeliveryWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(TOP, EVENT_STREAM, WEBHOOK, JOURNAL);
  }
}
