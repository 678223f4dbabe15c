package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.contract.value.AddressText;
import io.keepstream.health.config.BackendReader.Place;
import io.keepstream.health.http.Expected;
import io.keepstream.health.http.GrpcHealth;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpProtocol;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.http.TlsSettings;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the checks over HTTP: {@code HTTP_GET}, {@code SSL_GET} and {@code GRPC_CHECK}. */
final class HttpReader {
  private static final long LONGEST_ANSWER_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Connecting, the TLS handshake, the header and the body. */
  private static final int STEPS = 4;

  private final ConnectionReader connections;
  private final RulesReader rules;
  private final UrlReader urls;
  private final TlsReader tls;

  /**
   * A reader for one configuration.
   *
   * @param context the block {@code SSL}
   */
  HttpReader(
      Optional<Section> context,
      ConnectionReader connections,
      RulesReader rules,
      Consumer<Diagnostic> problems) {
    this.connections = connections;
    this.rules = rules;
    urls = new UrlReader(problems);
    tls = new TlsReader(context, problems);
  }

  /** Empty for a check that asks for nothing. */
  Optional<CheckConfig> read(Section check, Place place) {
    return switch (check.header().keyword().text()) {
      case "SSL_GET" -> get(place, check, tls.read(check));
      case "GRPC_CHECK" -> Optional.of(grpc(place, check));
      default -> get(place, check, null);
    };
  }

  /** A check without a URL is no check: it is reported as an error elsewhere. */
  private Optional<CheckConfig> get(Place place, Section check, TlsSettings settings) {
    Connection to = place.connection(connections, check);
    List<HttpUrl> asked =
        check.blocks("url").stream()
            .filter(url -> url.text("path").isPresent())
            .map(url -> urls.read(url, check, scope(place, check, url, to)))
            .toList();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    HttpProtocol protocol =
        check.text("http_protocol").flatMap(HttpProtocol::of).orElse(HttpProtocol.HTTP_1_0);
    return Optional.of(checked(place, check, to, new Asked(protocol, settings, asked)));
  }

  private CheckConfig grpc(Place place, Section check) {
    Connection to = place.connection(connections, check);
    UrlReader.Scope scope = scope(place, check, check, to);
    HttpUrl health =
        new HttpUrl(
            "POST",
            GrpcHealth.PATH,
            scope.host(),
            List.of(
                new HttpUrl.Header("content-type", "application/grpc"),
                new HttpUrl.Header("te", "trailers")),
            new String(
                GrpcHealth.request(check.text("service").orElse("")), StandardCharsets.ISO_8859_1),
            new Expected.Serving(),
            urls.peer(check, check, scope));
    TlsSettings settings = tls.readOptional(check);
    return checked(place, check, to, new Asked(HttpProtocol.HTTP_2, settings, List.of(health)));
  }

  private static UrlReader.Scope scope(Place place, Section check, Section url, Connection to) {
    List<Section> scopes = List.of(url, check, place.realServer(), place.virtualServer().section());
    String address = AddressText.of(to.address());
    boolean bracketed = to.address() instanceof Inet6Address;
    String authority = (bracketed ? "[" + address + "]" : address) + ":" + to.port();
    return new UrlReader.Scope(new Inherited(scopes).text("virtualhost"), authority, address);
  }

  private record Asked(HttpProtocol protocol, TlsSettings settings, List<HttpUrl> urls) {}

  private CheckConfig checked(Place place, Section check, Connection to, Asked asked) {
    Inherited words = place.inherited(check);
    boolean fastRecovery = check.bool("fast_recovery", false);
    HttpCheck http =
        new HttpCheck(
            check.header().keyword().text(),
            asked.protocol(),
            asked.settings(),
            asked.urls(),
            fastRecovery,
            check.bool("keep_connection", false),
            RulesReader.stepNanos(words));
    return place.config(check, new Target.Http(to, http), rules(words, http));
  }

  /**
   * All URLs have to pass in turn before a failure is over. How long an attempt may take as a whole
   * only matters for an answer that comes in drops: each step has its own limit.
   */
  private CheckRules rules(Inherited words, HttpCheck http) {
    int turns = http.fastRecovery() ? 1 : http.urls().size();
    long answerNanos =
        Math.max(
            STEPS * http.stepNanos(),
            Math.min(RulesReader.periodNanos(words), LONGEST_ANSWER_NANOS));
    CheckRules said =
        rules.read(
            words,
            RulesReader.Defaults.HTTP,
            answerNanos * http.urls().size(),
            FailureReason.RESPONSE_TIMEOUT);
    Counting counting = said.counting();
    int rise = (int) Math.min((long) counting.rise() * turns, Integer.MAX_VALUE);
    return new CheckRules(
        said.schedule(),
        new Counting(rise, counting.fall(), counting.startsFailed()),
        said.timeoutNanos(),
        said.onTimeout());
  }
}
