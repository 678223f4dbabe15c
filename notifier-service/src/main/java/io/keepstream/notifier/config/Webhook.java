package io.keepstream.notifier.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A target that gets events as HTTP requests.
 *
 * @param name the block's name
 * @param endpoint where to
 * @param secrets what requests are signed with; several while one replaces another
 * @param wanted which events
 * @param form how they are written
 */
public record Webhook(
    String name, Endpoint endpoint, List<Secret> secrets, Wanted wanted, Form form) {
  public Webhook {
    secrets = List.copyOf(secrets);
  }

  /** From the first attempt until an event is a dead letter, unless told otherwise. */
  public static final Duration DEFAULT_GIVE_UP_AFTER = Duration.ofDays(1);

  /**
   * Who is asked.
   *
   * @param url http or https
   * @param caFile the certificates that are trusted, in PEM form; empty for the usual ones
   * @param timeoutMillis for connecting and again for the answer
   * @param giveUpAfter from the first attempt until an event is a dead letter; zero for never
   */
  public record Endpoint(URI url, Optional<Path> caFile, long timeoutMillis, Duration giveUpAfter) {
    /** How long connecting and the answer may each take unless told otherwise. */
    public static final long DEFAULT_TIMEOUT_MILLIS = 5_000;

    /** As patient as most. */
    public Endpoint(URI url, Optional<Path> caFile, long timeoutMillis) {
      this(url, caFile, timeoutMillis, DEFAULT_GIVE_UP_AFTER);
    }
  }

  /**
   * A choice of events, those that both lists choose.
   *
   * @param events globs over the types of events, without {@code io.keepstream.} and version, as in
   *     {@code vrrp.*}; none means all
   * @param subjects globs over their subjects, as in {@code backend/*}; none means all
   * @param leftOut what of these is left out all the same
   * @param groupWait for how long events are gathered, and then told together; zero to tell each
   */
  public record Wanted(
      List<String> events, List<String> subjects, Set<LeftOut> leftOut, Duration groupWait) {
    /** Everything. */
    public static final Wanted ALL = new Wanted(List.of(), List.of());

    public Wanted {
      events = List.copyOf(events);
      subjects = List.copyOf(subjects);
      leftOut = Set.copyOf(leftOut);
    }

    /** All that both lists choose, each told by itself. */
    public Wanted(List<String> events, List<String> subjects) {
      this(events, subjects, Set.of(), Duration.ZERO);
    }
  }

  /** Where a secret is kept. The secret itself is read when a request is made, never kept. */
  public sealed interface Secret {
    /** {@code secret_file}. */
    record InFile(Path path) implements Secret {}

    /** {@code secret_env}. */
    record InEnvironment(String variable) implements Secret {}
  }

  /** {@code preset}. */
  public sealed interface Form {
    /** CloudEvents 1.0 as JSON, unless told otherwise. */
    record CloudEvent() implements Form {}

    /** An incoming webhook of Slack. */
    record Slack() implements Form {}

    /** A workflow of Microsoft Teams. */
    record Teams() implements Form {}

    /**
     * PagerDuty's Events API v2.
     *
     * @param routingKeyFile holds the integration's key, and is read for each request
     */
    record PagerDuty(Path routingKeyFile) implements Form {}

    /** The API of Prometheus' Alertmanager. */
    record Alertmanager() implements Form {}

    /**
     * The user's own.
     *
     * @param text what was in the file when the configuration was read
     */
    record OwnTemplate(Path file, String text) implements Form {
      /** Whether it makes JSON, as its name tells. */
      public boolean isJson() {
        return file.toString().endsWith(".json") || file.toString().contains(".json.");
      }
    }
  }
}
