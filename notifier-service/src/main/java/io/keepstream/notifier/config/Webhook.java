package io.keepstream.notifier.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A target that gets events as HTTP requests.
 *
 * @param name the block's name
 * @param url where to, http or https
 * @param secrets what requests are signed with; several while one replaces another
 * @param events globs over the types of events, without {@code io.keepstream.} and version, as in
 *     {@code vrrp.*}; none means all
 * @param timeoutMillis for connecting and again for the answer
 */
public record Webhook(
    String name, URI url, List<Secret> secrets, List<String> events, long timeoutMillis) {

  /** How long connecting and the answer may each take unless told otherwise. */
  public static final long DEFAULT_TIMEOUT_MILLIS = 5_000;

  public Webhook {
    secrets = List.copyOf(secrets);
    events = List.copyOf(events);
  }

  /** Where a secret is kept. The secret itself is read when a request is signed, never kept. */
  public sealed interface Secret {
    /** {@code secret_file}. */
    record InFile(Path path) implements Secret {}

    /** {@code secret_env}. */
    record InEnvironment(String variable) implements Secret {}
  }
}
