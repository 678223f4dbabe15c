package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.Numbers;
import io.keepstream.health.http.BodyPattern;
import io.keepstream.health.http.Expected;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.http.PatternOptions;
import io.keepstream.health.http.StatusRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads the blocks {@code url}. */
final class UrlReader {
  private final Consumer<Diagnostic> problems;

  /**
   * What a URL is read with.
   *
   * @param virtualHost the innermost that is given
   * @param authority address and port
   * @param address where the request goes
   */
  record Scope(Optional<String> virtualHost, String authority, String address) {
    String host() {
      return virtualHost.orElse(authority);
    }

    /** The virtual host without its port. */
    Optional<String> hostName() {
      return virtualHost.map(host -> host.replaceFirst("(?<=[^:]):\\d*$", ""));
    }
  }

  UrlReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  HttpUrl read(Section url, Section check, Scope scope) {
    String path = url.text("path").orElseThrow();
    if (path.chars().anyMatch(c -> c <= ' ')) {
      warn(url.last("path").orElseThrow(), "blanks are sent as %20");
    }
    return new HttpUrl(
        url.text("http_method").orElse("GET"),
        path.replaceAll("[\\x00- ]", "%20"),
        scope.host(),
        url.all("header").stream()
            .filter(line -> line.arguments().size() > 1)
            .map(line -> new HttpUrl.Header(line.argument(0), line.argument(1)))
            .toList(),
        new String(
            url.text("body").orElse("").getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1),
        new Expected.Answer(
            statuses(url),
            url.text("digest").orElse(null),
            pattern(url).orElse(null),
            url.text("expect").orElse(null)),
        peer(url, check, scope));
  }

  /** The other end of TLS. */
  HttpUrl.Peer peer(Section url, Section check, Scope scope) {
    boolean named = check.has("sni_name") || check.bool("enable_sni", false);
    String serverName = named ? check.text("sni_name").or(scope::hostName).orElse(null) : null;
    if (named && serverName == null) {
      check
          .last("enable_sni")
          .or(() -> check.last("sni_name"))
          .ifPresent(line -> warn(line, "there is no virtualhost whose name could be sent"));
    }
    String certificateName =
        check
            .text("tls_name")
            .or(() -> Optional.ofNullable(serverName))
            .or(scope::hostName)
            .orElse(scope.address());
    boolean closeNotify = url.bool("tls_compliant", check.bool("tls_compliant", false));
    return new HttpUrl.Peer(serverName, certificateName, closeNotify);
  }

  private static List<StatusRange> statuses(Section url) {
    List<StatusRange> ranges = new ArrayList<>();
    words(url, "status_code").forEach(word -> range(word.text()).ifPresent(ranges::add));
    return ranges.isEmpty() ? StatusRange.SUCCESS : ranges;
  }

  private static Optional<StatusRange> range(String word) {
    String[] ends = word.split("-", 2);
    return Numbers.integer(ends[0]).stream()
        .boxed()
        .flatMap(
            first ->
                Numbers.integer(ends[ends.length - 1]).stream()
                    .mapToObj(last -> new StatusRange(first.intValue(), (int) last)))
        .findFirst();
  }

  private Optional<BodyPattern> pattern(Section url) {
    Optional<String> regex = url.pattern("regex");
    if (regex.isEmpty()) {
      return Optional.empty();
    }
    List<String> options = words(url, "regex_options").map(Word::text).toList();
    url.last("regex_options").ifPresent(line -> warnOfOptions(line, options));
    BodyPattern pattern =
        new BodyPattern(
            regex.get(),
            PatternOptions.of(options),
            !url.has("regex_no_match"),
            url.integer("regex_min_offset").orElse(0),
            url.integer("regex_max_offset").orElse(Integer.MAX_VALUE));
    try {
      var _ = pattern.compile();
    } catch (PatternSyntaxException e) {
      Statement line = url.last("regex").orElseThrow();
      String why = e.getDescription().toLowerCase(Locale.ROOT);
      String message = "regex: '%s' cannot be used: %s".formatted(regex.get(), why);
      problems.accept(Diagnostic.error(line.position(), message));
      return Optional.empty();
    }
    return Optional.of(pattern);
  }

  private void warnOfOptions(Statement line, List<String> options) {
    for (String option : options) {
      PatternOptions.obstacle(option)
          .ifPresent(instead -> warn(line, option + " cannot be had: " + instead));
    }
  }

  private static Stream<Word> words(Section url, String keyword) {
    return url.all(keyword).stream().flatMap(line -> line.arguments().stream());
  }

  private void warn(Statement line, String message) {
    problems.accept(Diagnostic.warning(line.position(), line.keyword().text() + ": " + message));
  }
}
