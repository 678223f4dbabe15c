package io.keepstream.notifier.edge;

import io.keepstream.notifier.config.EventStream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes sure that a topic is there, with the cluster's own choice of partitions and replicas. */
final class KafkaTopic {
  private static final String LIMIT_MILLIS = "2000";
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(200);

  private final Context context;
  private final EventStream stream;
  private final NewTopic topic;
  private Admin admin;

  private KafkaTopic(Context context, EventStream stream, String name, Map<String, String> config) {
    this.context = context;
    this.stream = stream;
    topic = new NewTopic(name, Optional.empty(), Optional.empty()).configs(config);
  }

  /** The one of transitions, kept as long as the cluster keeps topics. */
  static KafkaTopic ofTransitions(Context context, EventStream stream) {
    return new KafkaTopic(context, stream, stream.transitionsTopic(), Map.of());
  }

  /** The one that keeps the last of each key. */
  static KafkaTopic ofState(Context context, EventStream stream) {
    return new KafkaTopic(
        context, stream, stream.stateTopic(), Map.of("cleanup.policy", "compact"));
  }

  /**
   * Completes when the topic is there, or when we may not create it: somebody else has to then, and
   * sending will tell.
   */
  Future<Void> ensure() {
    return context
        .executeBlocking(() -> Admin.create(config()), false)
        .compose(this::create)
        .recover(failure -> harmless(failure) ? Future.succeededFuture() : failed(failure))
        .eventually(this::close);
  }

  /** Ends what {@link #ensure()} may still be waiting for. */
  Future<Void> close() {
    if (admin == null) {
      return Future.succeededFuture();
    }
    Admin leaving = admin;
    admin = null;
    return context.executeBlocking(
        () -> {
          leaving.close(CLOSE_LIMIT);
          return null;
        },
        false);
  }

  private Future<Void> create(Admin made) {
    admin = made;
    return Future.fromCompletionStage(
        made.createTopics(List.of(topic)).all().toCompletionStage(), context);
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(stream.properties());
    config.put("bootstrap.servers", stream.bootstrapServers());
    config.put("request.timeout.ms", LIMIT_MILLIS);
    config.put("default.api.timeout.ms", LIMIT_MILLIS);
    return config;
  }

  private static boolean harmless(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof TopicExistsException || cause instanceof AuthorizationException;
  }

  private static Future<Void> failed(Throwable failure) {
    return Future.failedFuture(cause(failure));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
