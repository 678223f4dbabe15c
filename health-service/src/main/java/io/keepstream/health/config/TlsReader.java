package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.health.http.TlsSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads how a check speaks TLS. */
final class TlsReader {
  private static final List<String> VERIFYING = List.of("ca_file", "tls_name");
  private static final List<String> WORDS =
      List.of("tls_verify", "tls_min_version", "client_cert", "client_key");

  private final Optional<Section> context;
  private final Consumer<Diagnostic> problems;

  /**
   * A reader for one configuration.
   *
   * @param context the block {@code SSL}, which has defaults
   */
  TlsReader(Optional<Section> context, Consumer<Diagnostic> problems) {
    this.context = context;
    this.problems = problems;
  }

  /** The settings of {@code check}. */
  TlsSettings read(Section check) {
    boolean verify = check.bool("tls_verify", false);
    if (!verify) {
      warn(check, VERIFYING.stream(), "nothing is verified without tls_verify");
    }
    // The certificate and its key belong together, be it in one file.
    Optional<Section> shown = check.has("client_cert") ? Optional.of(check) : context;
    boolean own = check.has("client_cert");
    Optional<String> certificate =
        shown.flatMap(from -> from.text(own ? "client_cert" : "certificate"));
    return new TlsSettings(
        verify,
        check.text("ca_file").or(() -> context.flatMap(ssl -> ssl.text("ca"))).orElse(null),
        check.text("tls_min_version").filter("1.3"::equals).isPresent(),
        certificate.orElse(null),
        shown
            .flatMap(from -> from.text(own ? "client_key" : "key"))
            .or(() -> certificate)
            .orElse(null),
        context.flatMap(ssl -> ssl.text("password")).orElse(null));
  }

  /** The same for a check that speaks TLS only if it says so; null if it does not. */
  TlsSettings readOptional(Section check) {
    if (check.bool("tls", false)) {
      return read(check);
    }
    warn(check, Stream.concat(VERIFYING.stream(), WORDS.stream()), "has no effect without tls");
    return null;
  }

  private void warn(Section check, Stream<String> words, String message) {
    words
        .flatMap(word -> check.last(word).stream())
        .map(line -> warning(line, message))
        .forEach(problems);
  }

  private static Diagnostic warning(Statement line, String message) {
    return Diagnostic.warning(line.position(), line.keyword().text() + ": " + message);
  }
}
