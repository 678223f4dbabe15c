package io.keepstream.health.config;

import static io.keepstream.config.vocabulary.Keyword.pattern;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.numberOrRange;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.NOT_YET;
import static io.keepstream.health.config.CheckerWords.ATTEMPTS;
import static io.keepstream.health.config.CheckerWords.CHECKS;
import static io.keepstream.health.config.CheckerWords.CONNECTION;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import java.util.List;

/** The words of {@code HTTP_GET} and {@code SSL_GET}. */
final class HttpWords {
  private static final String[] REGEX_OPTIONS = {
    "allow_empty_class",
    "alt_bsux",
    "auto_callout",
    "caseless",
    "dollar_endonly",
    "dotall",
    "dupnames",
    "extended",
    "firstline",
    "match_unset_backref",
    "multiline",
    "never_ucp",
    "never_utf",
    "no_auto_capture",
    "no_auto_possess",
    "no_dotstar_anchor",
    "no_start_optimize",
    "ucp",
    "ungreedy",
    "utf",
    "never_backslash_c",
    "alt_circumflex",
    "alt_verbnames",
    "use_offset_limit"
  };

  private static final List<Keyword> CLOSING =
      List.of(word("tls_compliant", NOT_YET, bool()).means("Close TLS properly with close_notify"));
  private static final List<Keyword> CHECK =
      List.of(
          word("nb_get_retry", NOT_YET, integer(0, UNSIGNED))
              .deprecated("retry")
              .means("The same under its former name"),
          word("virtualhost", NOT_YET, text("text"))
              .means("Host header for the URLs of this checker"),
          word("http_protocol", NOT_YET, oneOf("1.0", "1.0C", "1.0c", "1.1"))
              .means("Request version; 1.0C and 1.1 add Connection: close"),
          word("enable_sni", NOT_YET, bool())
              .means("Send SNI (the virtual host name) in the TLS handshake"),
          word("sni_name", NOT_YET, optional(text("name")))
              .means("Send this SNI name; implies enable_sni"),
          word("fast_recovery", NOT_YET, bool())
              .means("Check the remaining URLs without delay at start and after recovery"),
          word("url", NOT_YET).block().required().means("One URL to request"));
  private static final List<Keyword> URL =
      List.of(
          word("path", NOT_YET, text("text")).required().means("Path and query to GET"),
          word("digest", NOT_YET, matching("32 hexadecimal digits", "[0-9a-fA-F]{32}"))
              .means("Expected MD5 of the body"),
          word("status_code", NOT_YET, many(numberOrRange(100, 599)))
              .many()
              .means("Accepted status codes"),
          word("virtualhost", NOT_YET, text("text"))
              .means(
                  "Host header for this URL; without any, the target address with :port is sent"),
          pattern("regex", NOT_YET).means("Body must match"),
          word("regex_no_match", NOT_YET).means("Body must not match"),
          word("regex_options", NOT_YET, many(oneOf(REGEX_OPTIONS)))
              .many()
              .means("PCRE2 compile options"),
          word("regex_min_offset", NOT_YET, integer(0, Integer.MAX_VALUE))
              .means("First body offset considered"),
          word("regex_max_offset", NOT_YET, integer(0, Integer.MAX_VALUE))
              .means("Last body offset at which a match may start"),
          word("regex_stack", NOT_YET, integer(1, Integer.MAX_VALUE), integer(1, Integer.MAX_VALUE))
              .means("JIT stack size for complex patterns"));

  private HttpWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(
        new Block(CHECKS + "HTTP_GET", CHECK).and(CONNECTION).and(ATTEMPTS),
        new Block(CHECKS + "HTTP_GET/url", URL),
        new Block(CHECKS + "SSL_GET", CHECK).and(CLOSING).and(CONNECTION).and(ATTEMPTS),
        new Block(CHECKS + "SSL_GET/url", URL).and(CLOSING));
  }
}
