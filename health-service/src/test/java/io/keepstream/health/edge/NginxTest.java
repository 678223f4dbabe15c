package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.socket.EventLoops;
import io.keepstream.testkit.KernelTest;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against nginx with TLS and HTTP/2, between two hosts. */
@KernelTest(tools = {"nginx", "openssl"})
class NginxTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

  private static NamespaceLab lab;
  private static IoEventLoop loop;
  private static Path files;

  @BeforeAll
  static void startServer() throws IOException {
    lab = NamespaceLab.create();
    LabHost balancer = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24", "fd00::1/64");
    LabHost web = lab.host("web").nic("eth0", lab.bridge("lan"), "10.0.0.2/24", "fd00::2/64");
    files = lab.directory();
    authority(web);
    certificate(web, "web", "web.example");
    certificate(web, "checker", "checker.example");
    Path config = Files.writeString(files.resolve("nginx.conf"), config(files));
    web.start("nginx", "-p", files.toString(), "-c", config.toString());
    loop =
        balancer.inside(
            () -> {
              IoEventLoop inside = EventLoops.dedicated("checks");
              inside.submit(() -> {}).sync();
              return inside;
            });
    Await.until(SOON, "nginx", () -> ask(80, get("HTTP_GET", "", "path /")).succeeded());
  }

  @AfterAll
  static void removeHosts() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    lab.close();
  }

  private static void authority(LabHost host) {
    openssl(
        host,
        "req -x509 -newkey rsa:2048 -nodes -keyout %1$s/ca.key -out %1$s/ca.pem -days 2 -subj /CN=ca"
            .formatted(files));
  }

  private static void certificate(LabHost host, String file, String name) throws IOException {
    openssl(
        host,
        "req -newkey rsa:2048 -nodes -keyout %1$s/%2$s.key -out %1$s/%2$s.csr -subj /CN=%3$s"
            .formatted(files, file, name));
    Path extension = files.resolve(file + ".ext");
    Files.writeString(extension, "subjectAltName=DNS:%s,IP:10.0.0.2\n".formatted(name));
    openssl(
        host,
        "x509 -req -in %1$s/%2$s.csr -CA %1$s/ca.pem -CAkey %1$s/ca.key -CAcreateserial -days 2 -extfile %3$s -out %1$s/%2$s.pem"
            .formatted(files, file, extension));
  }

  private static void openssl(LabHost host, String words) {
    host.run(("openssl " + words).split(" ", -1));
  }

  private static String config(Path files) {
    return """
        daemon off;
        user root;
        worker_processes 1;
        pid nginx.pid;
        error_log stderr;
        events { }
        http {
          access_log off;
          ssl_certificate web.pem;
          ssl_certificate_key web.key;
          server {
            listen 80;
            listen [::]:80;
            listen 443 ssl http2;
            listen 81 http2;
            ssl_protocols TLSv1.2 TLSv1.3;
            location / { return 200 hello; }
            location /name { return 200 "$host $ssl_server_name $server_protocol"; }
            location /count { return 200 "request $connection_requests"; }
            location /from { return 200 "$remote_addr $remote_port"; }
            location /late { return 503 sorry; }
          }
          server {
            listen 444 ssl;
            ssl_protocols TLSv1.2;
            ssl_client_certificate ca.pem;
            ssl_verify_client on;
            location / { return 200 $ssl_client_s_dn; }
          }
        }
        """
        .replace("ssl_certificate web", "ssl_certificate " + files + "/web")
        .replace("ssl_certificate_key web", "ssl_certificate_key " + files + "/web")
        .replace("ssl_client_certificate ca", "ssl_client_certificate " + files + "/ca");
  }

  @Test
  void digestsOfEveryVersion() {
    for (String version : new String[] {"1.0", "1.0C", "1.1", "2"}) {
      String words = "http_protocol " + version;
      String url = "path /\n digest " + HELLO_MD5;
      if (!version.equals("2")) {
        passes(80, get("HTTP_GET", words, url));
      }
      passes(443, get("SSL_GET", words, url));
      passes(443, get("SSL_GET", words + "\n tls_compliant\n keep_connection", url));
    }
    passes(81, get("HTTP_GET", "http_protocol 2", "path /\n digest " + HELLO_MD5));
  }

  @Test
  void statusOfEveryVersion() {
    fails(
        80, get("HTTP_GET", "", "path /late"), FailureReason.STATUS_MISMATCH, "/late: status 503");
    CheckResult second = ask(443, get("SSL_GET", "http_protocol 2", "path /late"));
    assertThat(second.failure()).isEqualTo(FailureReason.STATUS_MISMATCH);
    assertThat(second.received()).isEqualTo("HTTP/2 503\nsorry");
  }

  @Test
  void fromAnAddressPortAndInterfaceWithAMark() {
    String from = "bindto 10.0.0.1\n bind_port 2000\n bind_if eth0\n fwmark 7";
    for (int i = 0; i < 3; i++) {
      passes(80, get("HTTP_GET", from, "path /from\n expect \"10.0.0.1 2000\""));
    }
    fails(80, get("HTTP_GET", "bind_if eth7", "path /"), FailureReason.LOCAL_ADDRESS, "/: ENODEV");
    fails(82, get("HTTP_GET", "", "path /"), FailureReason.CONNECT_REFUSED, "/: ECONNREFUSED");
    passes(82, get("HTTP_GET", "connect_ip fd00::2\n connect_port 80", "path /"));
  }

  @Test
  void namesAreSent() {
    String sni = "enable_sni\n virtualhost a.example:443\n http_protocol ";
    passes(
        443, get("SSL_GET", sni + "1.1", "path /name\n regex \"^a.example a.example HTTP/1.1$\""));
    passes(443, get("SSL_GET", sni + "2", "path /name\n regex \"^a.example a.example HTTP/2.0$\""));
    passes(443, get("SSL_GET", "virtualhost a.example", "path /name\n regex \"^a.example  HTTP\""));
    passes(443, get("SSL_GET", "sni_name b.example", "path /name\n expect \"10.0.0.2 b.example\""));
  }

  @Test
  void aKeptConnectionIsUsedAgain() {
    for (String version : new String[] {"1.0", "1.1", "2"}) {
      String words = "keep_connection\n http_protocol " + version;
      try (Asker asker = asker(443, get("SSL_GET", words, "path /count"))) {
        for (int i = 1; i <= 5; i++) {
          CheckResult result = asker.ask();
          assertThat(result.received()).as("%s %s", version, result).endsWith("request " + i);
        }
      }
    }
  }

  @Test
  void certificatesAreVerifiedIfToldTo() {
    String verify = "tls_verify\n ca_file " + files + "/ca.pem\n";
    passes(443, get("SSL_GET", verify + "tls_name web.example", "path /"));
    passes(443, get("SSL_GET", verify + "virtualhost web.example", "path /"));
    passes(443, get("SSL_GET", verify, "path /"));
    fails(
        443,
        get("SSL_GET", verify + "tls_name other.example", "path /"),
        FailureReason.TLS_VERIFY,
        "/: ");
    fails(
        443,
        get("SSL_GET", "tls_verify\n tls_name web.example", "path /"),
        FailureReason.TLS_VERIFY,
        "/: ");
    fails(
        443,
        get("SSL_GET", "tls_verify\n ca_file /nowhere/ca.pem", "path /"),
        FailureReason.TLS_SETUP,
        "/: ");
  }

  @Test
  void anotherAuthorityInTheSameFileIsNoticed() throws IOException {
    Path trusted = files.resolve("trusted.pem");
    Files.copy(files.resolve("checker.pem"), trusted);
    String words = "tls_verify\n ca_file " + trusted;
    try (Asker asker = asker(443, get("SSL_GET", words, "path /"))) {
      assertThat(asker.ask().failure()).isEqualTo(FailureReason.TLS_VERIFY);
      replace(trusted, files.resolve("ca.pem"));
      Await.until(SOON, "trust", () -> asker.ask().succeeded());
      Path garbage = Files.writeString(files.resolve("garbage"), "-----BEGIN nothing");
      replace(trusted, garbage);
      long enoughNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1200);
      while (System.nanoTime() < enoughNanos) {
        assertThat(asker.ask().succeeded()).as("what was there before goes on").isTrue();
      }
      replace(trusted, files.resolve("checker.pem"));
      Await.until(SOON, "no trust", () -> asker.ask().failure() == FailureReason.TLS_VERIFY);
    }
  }

  private static void replace(Path file, Path content) throws IOException {
    Path next = Files.copy(content, files.resolve("next"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void versionsAndClientCertificates() {
    String shown = "client_cert %1$s/checker.pem\n client_key %1$s/checker.key\n".formatted(files);
    passes(444, get("SSL_GET", shown, "path /\n expect CN=checker.example"));
    fails(444, get("SSL_GET", "", "path /"), FailureReason.STATUS_MISMATCH, "/: status 400");
    fails(
        444,
        get("SSL_GET", shown + "tls_min_version 1.3", "path /"),
        FailureReason.TLS_HANDSHAKE,
        "/: ");
    passes(443, get("SSL_GET", "tls_min_version 1.3", "path /"));
  }

  @Test
  void theWrongProtocol() {
    fails(80, get("SSL_GET", "", "path /"), FailureReason.TLS_HANDSHAKE, "/: ");
    fails(
        444,
        get("SSL_GET", "http_protocol 2", "path /"),
        FailureReason.TLS_HANDSHAKE,
        "/: (no_application_protocol)");
    CheckResult second = ask(80, get("HTTP_GET", "http_protocol 2", "path /"));
    assertThat(second.failure()).as("%s", second).isEqualTo(FailureReason.PROTOCOL_ERROR);
    assertThat(second.received()).contains("400 Bad Request");
    fails(443, "GRPC_CHECK {\n tls\n }", FailureReason.PROTOCOL_ERROR, "/grpc.health.v1");
  }

  private static void passes(int port, String words) {
    CheckResult result = ask(port, words);
    assertThat(result.succeeded()).as("%s%n%s", words, result).isTrue();
  }

  private static void fails(int port, String words, FailureReason reason, String detail) {
    CheckResult result = ask(port, words);
    assertThat(result.failure()).as("%s%n%s", words, result).isEqualTo(reason);
    assertThat(result.detail()).startsWith(detail);
  }

  private static CheckResult ask(int port, String words) {
    try (Asker asker = asker(port, words)) {
      return asker.ask();
    }
  }

  private static Asker asker(int port, String words) {
    return Asker.to(loop, "10.0.0.2", port, words);
  }

  private static String get(String keyword, String words, String url) {
    return "%s {\n connect_timeout 5\n %s\n url {\n %s\n }\n }".formatted(keyword, words, url);
  }
}
