package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.http.BodyPattern;
import io.keepstream.health.http.Expected;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpProtocol;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.http.PatternOptions;
import io.keepstream.health.http.StatusRange;
import io.keepstream.health.http.TlsSettings;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.FailureReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the words of the checks over HTTP become. */
class HttpReaderTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void defaults() {
    CheckConfig check = check("", "HTTP_GET {\n url {\n path /x\n }\n }");
    assertThat(check.target().label()).isEqualTo("HTTP_GET [10.0.0.1]:80");
    HttpUrl url =
        new HttpUrl(
            "GET",
            "/x",
            "10.0.0.1:80",
            List.of(),
            "",
            Expected.Answer.SUCCESS,
            new HttpUrl.Peer(null, "10.0.0.1", false));
    assertThat(http(check))
        .isEqualTo(
            new HttpCheck(
                "HTTP_GET", HttpProtocol.HTTP_1_0, null, List.of(url), false, false, 5 * SECOND));
    CheckRules rules = check.rules();
    assertThat(rules.schedule().confirming().failureNanos()).isEqualTo(3 * SECOND);
    assertThat(rules.schedule().periodNanos()).isEqualTo(60 * SECOND);
    assertThat(rules.counting().fall()).isEqualTo(2);
    assertThat(rules.counting().rise()).isEqualTo(1);
    assertThat(rules.timeoutNanos()).isEqualTo(60 * SECOND);
    assertThat(rules.onTimeout()).isEqualTo(FailureReason.RESPONSE_TIMEOUT);
  }

  @Test
  void attemptsAreInheritedAndTheFormerNameOfRetryCounts() {
    CheckRules rules =
        check("delay_before_retry 7\n delay_loop 2\n connect_timeout 4\n retry 9", getTwice(""))
            .rules();
    assertThat(rules.schedule().confirming().failureNanos()).isEqualTo(7 * SECOND);
    assertThat(rules.timeoutNanos()).as("four steps, twice").isEqualTo(32 * SECOND);
    assertThat(rules.counting().fall()).isEqualTo(10);
    assertThat(rules.counting().rise()).as("both have to pass").isEqualTo(2);
    assertThat(check("retry 9", getTwice("nb_get_retry 4")).rules().counting().fall()).isEqualTo(5);
    assertThat(check("", getTwice("nb_get_retry 4\n retry 3")).rules().counting().fall())
        .isEqualTo(4);
    assertThat(check("fall 6", getTwice("nb_get_retry 5")).rules().counting().fall()).isEqualTo(6);
    assertThat(check("rise 3", getTwice("")).rules().counting().rise()).isEqualTo(6);
    assertThat(check("", getTwice("fast_recovery")).rules().counting().rise()).isEqualTo(1);
  }

  @Test
  void theInnermostVirtualHostCounts() {
    assertThat(hosts("virtualhost real.example:81", getTwice("")))
        .containsExactly("real.example:81", "url.example");
    assertThat(hosts("virtualhost real", getTwice("virtualhost check")))
        .containsExactly("check", "url.example");
    assertThat(http(check("", getTwice("connect_ip fd00::2\n connect_port 81"))).urls().getFirst())
        .extracting(HttpUrl::host)
        .isEqualTo("[fd00::2]:81");
  }

  private static List<String> hosts(String real, String check) {
    return http(check(real, check)).urls().stream().map(HttpUrl::host).toList();
  }

  @Test
  void allWordsOfAUrl() {
    HttpUrl url =
        url(
            """
            path "/a b"
            http_method PUT
            header X-A 1
            header X-B "2 3"
            body "ü"
            expect fine
            digest 00ff00ff00ff00ff00ff00ff00ff00ff
            status_code 200-204 301
            status_code 404
            regex "a\\\\d"
            regex_no_match
            regex_options caseless utf
            regex_min_offset 3
            regex_max_offset 9
            """);
    assertThat(url.path()).isEqualTo("/a%20b");
    assertThat(url.method()).isEqualTo("PUT");
    assertThat(url.headers())
        .containsExactly(new HttpUrl.Header("X-A", "1"), new HttpUrl.Header("X-B", "2 3"));
    assertThat(url.body()).as("bytes of UTF-8").isEqualTo("\u00c3\u00bc");
    assertThat(url.expected())
        .isEqualTo(
            new Expected.Answer(
                List.of(
                    new StatusRange(200, 204),
                    new StatusRange(301, 301),
                    new StatusRange(404, 404)),
                "00ff00ff00ff00ff00ff00ff00ff00ff",
                new BodyPattern("a\\d", PatternOptions.of(List.of("utf", "caseless")), false, 3, 9),
                "fine"));
  }

  private static HttpUrl url(String words) {
    return http(check("", "HTTP_GET {\n url {\n" + words + "}\n }")).urls().getFirst();
  }

  @Test
  void tlsVerifiesNothingUnlessSaid() {
    HttpCheck plain = http(check("virtualhost a.example:444", ssl("")));
    assertThat(plain.tls()).isEqualTo(TlsSettings.TRUSTING);
    assertThat(plain.urls().getFirst().peer())
        .isEqualTo(new HttpUrl.Peer(null, "a.example", false));
    HttpCheck named = http(check("virtualhost a.example:444", ssl("enable_sni\n tls_compliant")));
    assertThat(named.urls().getFirst().peer())
        .isEqualTo(new HttpUrl.Peer("a.example", "a.example", true));
    HttpCheck other = http(check("virtualhost a", ssl("sni_name b\n tls_name c")));
    assertThat(other.urls().getFirst().peer()).isEqualTo(new HttpUrl.Peer("b", "c", false));
  }

  @Test
  void allWordsOfTls() {
    String words =
        """
        http_protocol 2
        keep_connection
        tls_verify
        ca_file /ca
        tls_min_version 1.3
        client_cert /cert
        client_key /key
        """;
    HttpCheck check = http(check("", ssl(words)));
    assertThat(check.protocol()).isEqualTo(HttpProtocol.HTTP_2);
    assertThat(check.keepConnection()).isTrue();
    assertThat(check.tls()).isEqualTo(new TlsSettings(true, "/ca", true, "/cert", "/key", null));
  }

  @Test
  void theBlockSslHasDefaults() {
    String context = "SSL {\n ca /ca\n certificate /both\n password secret\n}\n";
    Configured configured = Configured.of(context + text("", ssl("tls_verify")));
    assertThat(http(configured.check()).tls())
        .isEqualTo(new TlsSettings(true, "/ca", false, "/both", "/both", "secret"));
    assertThat(http(configured.check()).tls().toString()).doesNotContain("secret");
    Configured own = Configured.of(context + text("", ssl("client_cert /own")));
    assertThat(http(own.check()).tls().key()).isEqualTo("/own");
  }

  @Test
  void grpc() {
    HttpCheck check =
        http(check("virtualhost api.example", "GRPC_CHECK {\n service web\n tls\n enable_sni\n }"));
    assertThat(check.protocol()).isEqualTo(HttpProtocol.HTTP_2);
    assertThat(check.tls()).isEqualTo(TlsSettings.TRUSTING);
    HttpUrl url = check.urls().getFirst();
    assertThat(url.path()).isEqualTo("/grpc.health.v1.Health/Check");
    assertThat(url.host()).isEqualTo("api.example");
    assertThat(url.peer().serverName()).isEqualTo("api.example");
    assertThat(url.expected()).isEqualTo(new Expected.Serving());
    assertThat(url.body()).endsWith("web");
    assertThat(http(check("", "GRPC_CHECK {\n }")).tls()).isNull();
  }

  @Test
  void equalChecksAreOne() {
    String get = "HTTP_GET {\n url {\n path /\n regex a\n }\n }\n";
    assertThat(Configured.of(text("", get + get)).config().backends().values().iterator().next())
        .hasSize(1);
  }

  @Test
  void aCheckWithoutAUrlIsNone() {
    assertThat(
            Configured.of(text("", "HTTP_GET {\n }\n SSL_GET {\n url {\n }\n }\n"))
                .config()
                .backends()
                .values()
                .iterator()
                .next())
        .isEmpty();
  }

  @Test
  void whatCannotWorkIsSaidWithItsPlace() {
    String url =
        """
        SSL_GET {
          enable_sni
          ca_file /ca
          url {
            path "/a b"
            regex "(?R)"
            regex_options ungreedy caseless
          }
        }
        GRPC_CHECK {
          tls_verify
        }
        """;
    assertThat(Configured.of(text("", url)).said())
        .isEqualTo(
            """
            6:3: warning: ca_file: nothing is verified without tls_verify
            8:5: warning: path: blanks are sent as %20
            10:5: warning: regex_options: ungreedy cannot be had: each quantifier has to be made reluctant with ?
            9:5: error: regex: '(?R)' cannot be used: unknown inline modifier
            5:3: warning: enable_sni: there is no virtualhost whose name could be sent
            14:3: warning: tls_verify: has no effect without tls""");
  }

  private static String getTwice(String words) {
    return "HTTP_GET {\n %s\n url {\n path /1\n }\n url {\n path /2\n virtualhost url.example\n }\n }"
        .formatted(words);
  }

  private static String ssl(String words) {
    return "SSL_GET {\n %s\n url {\n path /\n }\n }\n".formatted(words);
  }

  private static HttpCheck http(CheckConfig check) {
    return ((Target.Http) check.target()).check();
  }

  private static CheckConfig check(String real, String check) {
    return Configured.of(text(real, check)).check();
  }

  private static String text(String real, String check) {
    return "virtual_server 10.0.0.9 80 {\n real_server 10.0.0.1 80 {\n%s\n%s\n}\n}\n"
        .formatted(real, check);
  }
}
