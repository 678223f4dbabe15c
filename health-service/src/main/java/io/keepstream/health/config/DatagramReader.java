package io.keepstream.health.config;

import static io.keepstream.health.config.SmtpReader.SPARE_NANOS;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.health.config.BackendReader.Place;
import io.keepstream.health.config.RulesReader.Defaults;
import io.keepstream.health.protocol.DnsQuestion;
import io.keepstream.health.protocol.DnsType;
import io.keepstream.health.protocol.HexPattern;
import io.keepstream.health.protocol.UdpReply;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.FailureReason;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads {@code DNS_CHECK}, {@code UDP_CHECK} and {@code PING_CHECK}. */
final class DatagramReader {
  private static final int DNS_PORT = 53;
  private static final int LONGEST_REPLY = 255;

  private final ConnectionReader connections;
  private final RulesReader rules;
  private final Consumer<Diagnostic> problems;

  DatagramReader(ConnectionReader connections, RulesReader rules, Consumer<Diagnostic> problems) {
    this.connections = connections;
    this.rules = rules;
    this.problems = problems;
  }

  /** Empty when there is no such name to ask for. */
  Optional<CheckConfig> dns(Section check, Place place) {
    Inherited words = place.inherited(check);
    int port = place.port() == 0 ? DNS_PORT : place.port();
    Connection to = connections.read(check, place.address(), port);
    return question(check)
        .map(
            question ->
                place.config(
                    check,
                    new Target.Dns(to, question, RulesReader.stepNanos(words)),
                    rules(words, Defaults.DNS)));
  }

  CheckConfig udp(Section check, Place place) {
    Inherited words = place.inherited(check);
    return place.config(
        check,
        new Target.Udp(
            connections.read(check, place.address(), place.port()),
            check.last("payload").flatMap(DatagramReader::pattern).orElse(null),
            reply(check),
            RulesReader.stepNanos(words)),
        rules(words, Defaults.USUAL));
  }

  CheckConfig ping(Section check, Place place) {
    Inherited words = place.inherited(check);
    return place.config(
        check,
        new Target.Ping(
            connections.readWithoutPorts(check, place.address()), RulesReader.stepNanos(words)),
        rules(words, Defaults.USUAL));
  }

  private CheckRules rules(Inherited words, Defaults defaults) {
    long timeoutNanos = RulesReader.stepNanos(words) + SPARE_NANOS;
    return rules.read(words, defaults, timeoutNanos, FailureReason.RESPONSE_TIMEOUT);
  }

  private Optional<DnsQuestion> question(Section check) {
    DnsType type = check.text("type").flatMap(DnsType::of).orElse(DnsQuestion.ROOT.type());
    String name = check.text("name").orElse(DnsQuestion.ROOT.name());
    try {
      return Optional.of(new DnsQuestion(type, name));
    } catch (IllegalArgumentException e) {
      Word said = check.last("name").orElseThrow().arguments().getFirst();
      problems.accept(Diagnostic.error(said.position(), "name: " + e.getMessage()));
      return Optional.empty();
    }
  }

  /** Null when none is required. */
  private UdpReply reply(Section check) {
    Optional<Statement> required = check.last("require_reply");
    int shortest = check.integer("min_reply_length").orElse(0);
    int longest = check.integer("max_reply_length").orElse(LONGEST_REPLY);
    if (required.isEmpty()) {
      Stream.of("min_reply_length", "max_reply_length")
          .flatMap(keyword -> check.last(keyword).stream())
          .forEach(line -> warn(line, "has no effect without require_reply"));
      return null;
    }
    if (shortest > longest) {
      warn(
          required.get(),
          "no reply is at least %d and at most %d bytes long".formatted(shortest, longest));
    }
    return new UdpReply(required.flatMap(DatagramReader::pattern).orElse(null), shortest, longest);
  }

  private static Optional<HexPattern> pattern(Statement line) {
    return Optional.of(line.arguments().stream().map(Word::text).toList())
        .filter(words -> !words.isEmpty())
        .flatMap(HexPattern::of);
  }

  private void warn(Statement line, String message) {
    problems.accept(Diagnostic.warning(line.position(), line.keyword().text() + ": " + message));
  }
}
