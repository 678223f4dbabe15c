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
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.health.config.CheckerWords.ATTEMPTS;
import static io.keepstream.health.config.CheckerWords.CHECKS;
import static io.keepstream.health.config.CheckerWords.CONNECTION;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Status;
import java.util.List;

/** The words of {@code HTTP_GET}, {@code SSL_GET} and {@code GRPC_CHECK}. */
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

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Status NO_STACK =
      Status.accepted("Java's patterns have no stack of their own; their work is bounded instead");

  private static final List<Keyword> CLOSING =
      List.of(word("tls_compliant", ACTS, bool()).means("Close TLS properly with close_notify"));
  private static final List<Keyword> CHECK =
      List.of(
          word("nb_get_retry", ACTS, integer(0, UNSIGNED))
              .deprecated("retry")
              .means("The same under its former name"),
          word("virtualhost", ACTS, text("text")).means("Host header for the URLs of this checker"),
          word("http_protocol", ACTS, oneOf("1.0", "1.0C", "1.0c", "1.1", "2"))
              .means(
                  "Request version; 1.0C and 1.1 add Connection: close; 2 by ALPN over TLS, by prior"
                      + " knowledge without"),
          word("enable_sni", ACTS, bool())
              .means("Send SNI (the virtual host name) in the TLS handshake"),
          word("sni_name", ACTS, optional(text("name")))
              .means("Send this SNI name; implies enable_sni"),
          word("fast_recovery", ACTS, bool())
              .means("Check the remaining URLs without delay at start and after recovery"),
          word("keep_connection", ACTS, bool())
              .means("Keep the connection open for the next attempt"),
          word("url", ACTS).block().required().means("One URL to request"));
  private static final List<Keyword> URL =
      List.of(
          word("path", ACTS, text("text")).required().means("Path and query to GET"),
          word("http_method", ACTS, matching("method", TOKEN))
              .means("Method of the request instead of GET"),
          word("header", ACTS, matching("name", TOKEN), text("value"))
              .many()
              .means("One more header; replaces one that is sent anyway"),
          word("body", ACTS, text("text")).means("Body of the request"),
          word("expect", ACTS, text("text"))
              .means("Text that the first 1 MiB of the body must contain"),
          word("digest", ACTS, matching("32 hexadecimal digits", "[0-9a-fA-F]{32}"))
              .means("Expected MD5 of the body"),
          word("status_code", ACTS, many(numberOrRange(100, 599)))
              .many()
              .means("Accepted status codes"),
          word("virtualhost", ACTS, text("text"))
              .means(
                  "Host header for this URL; without any, the target address with :port is sent"),
          pattern("regex", ACTS).means("The first 1 MiB of the body must match"),
          word("regex_no_match", ACTS).means("Body must not match"),
          word("regex_options", ACTS, many(oneOf(REGEX_OPTIONS)))
              .many()
              .means("PCRE2 compile options; some cannot be had and are warned of"),
          word("regex_min_offset", ACTS, integer(0, Integer.MAX_VALUE))
              .means("First body offset considered"),
          word("regex_max_offset", ACTS, integer(0, Integer.MAX_VALUE))
              .means("Last body offset at which a match may start"),
          word(
                  "regex_stack",
                  NO_STACK,
                  integer(1, Integer.MAX_VALUE),
                  integer(1, Integer.MAX_VALUE))
              .means("JIT stack size for complex patterns"));

  private static final List<Keyword> TLS =
      List.of(
          word("tls_verify", ACTS, bool())
              .means("Demand a certificate that is trusted and for the right name"),
          word("ca_file", ACTS, path())
              .means("PEM file of who is trusted, instead of ca in SSL and of Java's own list"),
          word("tls_name", ACTS, text("name"))
              .means(
                  "Name the certificate must be for, instead of the virtual host or the address"),
          word("tls_min_version", ACTS, oneOf("1.2", "1.3")).means("Oldest version of TLS"),
          word("client_cert", ACTS, path())
              .means("PEM file of the certificate to show, instead of that in SSL"),
          word("client_key", ACTS, path()).means("PEM file of its private key, PKCS #8"));
  private static final List<Keyword> GRPC =
      List.of(
          word("service", ACTS, text("name"))
              .means("Service to ask for; without it the server as a whole"),
          word("tls", ACTS, bool()).means("Speak TLS"),
          word("enable_sni", ACTS, bool()).means("Send SNI (the virtual host name)"),
          word("sni_name", ACTS, optional(text("name")))
              .means("Send this SNI name; implies enable_sni"),
          word("virtualhost", ACTS, text("text")).means("Authority of the request"),
          word("keep_connection", ACTS, bool())
              .means("Keep the connection open for the next attempt"));

  private HttpWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(
        new Block(CHECKS + "HTTP_GET", CHECK).and(CONNECTION).and(ATTEMPTS),
        new Block(CHECKS + "HTTP_GET/url", URL),
        new Block(CHECKS + "SSL_GET", CHECK).and(CLOSING).and(TLS).and(CONNECTION).and(ATTEMPTS),
        new Block(CHECKS + "SSL_GET/url", URL).and(CLOSING),
        new Block(CHECKS + "GRPC_CHECK", GRPC).and(TLS).and(CONNECTION).and(ATTEMPTS));
  }
}
