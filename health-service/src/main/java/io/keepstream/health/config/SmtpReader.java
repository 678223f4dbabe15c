package io.keepstream.health.config;

import io.keepstream.config.Section;
import io.keepstream.health.config.BackendReader.Place;
import io.keepstream.health.protocol.SmtpDialogue;
import io.keepstream.health.verdict.FailureReason;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Reads {@code SMTP_CHECK}. */
final class SmtpReader {
  /** What a checker that keeps its own time limits is granted on top before it is given up. */
  static final long SPARE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String HELO_NAME = "smtpchecker.keepalived.org";
  private static final int SMTP_PORT = 25;

  private final ConnectionReader connections;
  private final RulesReader rules;

  SmtpReader(ConnectionReader connections, RulesReader rules) {
    this.connections = connections;
    this.rules = rules;
  }

  /** The check itself and one more for each of its {@code host} blocks. */
  Stream<CheckConfig> read(Section check, Place place) {
    Stream<CheckConfig> hosts =
        check.blocks("host").stream()
            .map(
                host -> {
                  Inherited said = place.inherited(check);
                  List<Section> scopes =
                      Stream.concat(Stream.of(host), said.scopes().stream()).toList();
                  return config(host, check, place, new Inherited(scopes));
                });
    return Stream.concat(Stream.of(config(check, check, place, place.inherited(check))), hosts);
  }

  private CheckConfig config(Section to, Section check, Place place, Inherited words) {
    long stepNanos = RulesReader.stepNanos(words);
    int port = place.port() == 0 ? SMTP_PORT : place.port();
    return place.config(
        to,
        new Target.Smtp(
            connections.read(to, place.address(), port),
            check.text("helo_name").orElse(HELO_NAME),
            stepNanos),
        rules.read(
            words,
            RulesReader.Defaults.USUAL,
            (1 + SmtpDialogue.REPLIES) * stepNanos + SPARE_NANOS,
            FailureReason.RESPONSE_TIMEOUT));
  }
}
