package io.keepstream.notifier.config;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.FilePaths;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Secret;
import io.keepstream.notifier.config.Webhook.Wanted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads webhooks and the Kafka stream. */
final class TargetReader {
  private static final String DEFAULT_CLUSTER = "keepstream";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final List<Diagnostic> diagnostics;

  TargetReader(List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The webhooks; of one name the first counts. */
  List<Webhook> webhooks(Section root) {
    Map<String, Webhook> webhooks = new LinkedHashMap<>();
    for (Section block : root.blocks("webhook")) {
      webhook(block).ifPresent(webhook -> webhooks.putIfAbsent(webhook.name(), webhook));
    }
    return new ArrayList<>(webhooks.values());
  }

  /** The Kafka stream; of several the last counts. */
  Optional<EventStream> eventStream(Section root) {
    return root.block("event_stream")
        .filter(block -> block.has("bootstrap_servers"))
        .map(
            block ->
                new EventStream(
                    words(block, "bootstrap_servers").collect(Collectors.joining(",")),
                    block.text("cluster").orElse(DEFAULT_CLUSTER),
                    block.bool("create_topics", true),
                    properties(block),
                    block.bool("watch", false),
                    giveUpAfter(block)));
  }

  private Optional<Webhook> webhook(Section block) {
    List<Secret> secrets =
        block.statements().stream().flatMap(line -> secret(line).stream()).toList();
    Optional<Form> form = form(block);
    Wanted wanted =
        new Wanted(
            words(block, "events").toList(),
            words(block, "subjects").toList(),
            LeftOut.of(words(block, "leave_out")),
            groupWait(block, form));
    return block
        .last("url")
        .flatMap(this::url)
        .filter(url -> form.isPresent())
        .map(
            url ->
                new Endpoint(
                    url,
                    path(block, "ca_file"),
                    Endpoint.DEFAULT_TIMEOUT_MILLIS,
                    giveUpAfter(block)))
        .map(endpoint -> new Webhook(block.name(), endpoint, secrets, wanted, form.get()));
  }

  /** Empty when it cannot be used, which has been said then. */
  private Optional<Form> form(Section block) {
    return block
        .last("preset")
        .map(line -> form(block, line))
        .orElseGet(() -> Optional.of(new Form.CloudEvent()));
  }

  private Optional<Form> form(Section block, Statement line) {
    return switch (line.argument(0)) {
      case "slack" -> Optional.of(new Form.Slack());
      case "teams" -> Optional.of(new Form.Teams());
      case "alertmanager" -> Optional.of(new Form.Alertmanager());
      case "pagerduty" -> {
        Optional<Form> form = path(block, "routing_key_file").map(Form.PagerDuty::new);
        if (form.isEmpty()) {
          error(line, "preset pagerduty: routing_key_file is missing");
        }
        yield form;
      }
      case "template" -> FilePaths.read(line.argument(1)).flatMap(file -> template(line, file));
      default -> Optional.of(new Form.CloudEvent());
    };
  }

  private Optional<Form> template(Statement line, Path file) {
    try {
      String text = Files.readString(file);
      Mustache.compiler().compile(text);
      return Optional.of(new Form.OwnTemplate(file, text));
    } catch (MustacheException e) {
      error(line, "template %s: %s".formatted(file, e.getMessage()));
    } catch (IOException e) {
      error(line, "template %s cannot be read: %s".formatted(file, e));
    }
    return Optional.empty();
  }

  private void error(Statement line, String message) {
    diagnostics.add(Diagnostic.error(line.position(), message));
  }

  private Duration groupWait(Section block, Optional<Form> form) {
    Optional<Statement> line = block.last("group_wait");
    boolean alone =
        form.filter(any -> any instanceof Form.PagerDuty || any instanceof Form.OwnTemplate)
            .isPresent();
    if (line.isPresent() && alone) {
      error(
          line.get(),
          "group_wait: a message of preset %s is about one event"
              .formatted(block.last("preset").map(preset -> preset.argument(0)).orElseThrow()));
    }
    return line.flatMap(word -> Ages.read(word.argument(0)))
        .filter(wait -> !alone)
        .orElse(Duration.ZERO);
  }

  private static Duration giveUpAfter(Section block) {
    return block.text("give_up_after").flatMap(Ages::read).orElse(Webhook.DEFAULT_GIVE_UP_AFTER);
  }

  private static Optional<Path> path(Section block, String keyword) {
    return block.text(keyword).flatMap(FilePaths::read);
  }

  private Optional<URI> url(Statement line) {
    try {
      URI url = URI.create(line.argument(0));
      if (url.getHost() != null && url.getScheme() != null && SCHEMES.contains(url.getScheme())) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // Said below, with all that is no URL of a web server.
    }
    error(line, "url: `%s` is no http or https URL".formatted(line.argument(0)));
    return Optional.empty();
  }

  private static Optional<Secret> secret(Statement line) {
    return switch (line.keyword().text()) {
      case "secret_file" -> FilePaths.read(line.argument(0)).map(Secret.InFile::new);
      case "secret_env" -> Optional.of(new Secret.InEnvironment(line.argument(0)));
      default -> Optional.empty();
    };
  }

  private static Map<String, String> properties(Section block) {
    Map<String, String> properties = new HashMap<>();
    for (Statement line : block.all("property")) {
      properties.put(line.argument(0), line.argument(1));
    }
    return properties;
  }

  private static Stream<String> words(Section block, String keyword) {
    return block.all(keyword).stream().flatMap(line -> line.arguments().stream()).map(Word::text);
  }
}
