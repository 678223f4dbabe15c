package io.keepstream.node.cli;

import io.keepstream.health.config.Connection;
import io.keepstream.health.edge.HttpFetch;
import io.keepstream.health.http.Expected;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpProtocol;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.http.Response;
import io.keepstream.health.http.TlsSettings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream digest}: the MD5 that {@code digest} of a check has to be, as genhash does. */
@Command(
    name = "digest",
    description = "Fetch a page as a check does and print the MD5 of its body.",
    mixinStandardHelpOptions = true)
public final class DigestCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int PORT = 80;
  private static final int TLS_PORT = 443;
  private static final int GOOD_STATUS = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "http:// or https://; or say it with -s, -p and -u.")
  private String url;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "ADDRESS",
      description = "Server to ask (default: the host of the URL).")
  private String server;

  @Option(
      names = {"-p", "--port"},
      description = "Port to ask at (default: that of the URL, else 80, with TLS 443).")
  private Integer port;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "PATH",
      description = "Path and query, without a URL.")
  private String path;

  @Option(
      names = {"-S", "--use-ssl"},
      description = "Speak TLS; nothing is verified.")
  private boolean tls;

  @Option(
      names = {"-I", "--use-sni"},
      description = "Send the virtual host's name in the TLS handshake.")
  private boolean sni;

  @Option(
      names = {"-V", "--use-virtualhost"},
      paramLabel = "HOST",
      description = "Host header (default: that of the URL, else ADDRESS:PORT).")
  private String virtualHost;

  @Option(
      names = {"-P", "--protocol"},
      paramLabel = "VERSION",
      defaultValue = "1.0",
      description = "1.0, 1.0c, 1.1 or 2 (default: ${DEFAULT-VALUE}).")
  private String protocol;

  @Option(
      names = {"-m", "--fwmark"},
      paramLabel = "MARK",
      description = "Firewall mark of the packets.")
  private long mark;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Time limit of each step (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Override
  public Integer call() throws InterruptedException {
    URI asked = asked();
    boolean secure = tls || "https".equalsIgnoreCase(asked.getScheme());
    String host = server == null ? asked.getHost() : server;
    if (host == null) {
      throw new ParameterException(spec.commandLine(), "Whom to ask? Give a URL, or -s and -u");
    }
    try {
      InetAddress address = InetAddress.getByName(host.replaceAll("[\\[\\]]", ""));
      Connection to = new Connection(address, port(asked, secure), null, 0, null, mark);
      Response response = HttpFetch.fetch(to, check(asked, to, secure));
      if (response.status() / 100 != GOOD_STATUS) {
        spec.commandLine().getErr().println("the status was " + response.status());
      }
      spec.commandLine().getOut().println(response.body().md5Hex());
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  /** The URL; only with a path when it is said in pieces. */
  private URI asked() {
    try {
      return URI.create(url != null ? url : path == null ? "/" : path);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int port(URI asked, boolean secure) {
    int own = secure ? TLS_PORT : PORT;
    return port != null ? port : asked.getPort() > 0 ? asked.getPort() : own;
  }

  private HttpCheck check(URI asked, Connection to, boolean secure) {
    String host = Optional.ofNullable(virtualHost).or(() -> authority(asked)).orElse(at(to));
    String name = host.replaceFirst("(?<=[^:]):\\d*$", "");
    HttpUrl.Peer peer = new HttpUrl.Peer(sni ? name : null, name, false);
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    String raw =
        asked.getRawPath() == null || asked.getRawPath().isEmpty() ? "/" : asked.getRawPath();
    HttpUrl page =
        new HttpUrl("GET", raw + query, host, List.of(), "", new Expected.Anything(), peer);
    HttpProtocol version =
        HttpProtocol.of(protocol)
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "No such protocol: " + protocol));
    return new HttpCheck(
        "digest",
        version,
        secure ? TlsSettings.TRUSTING : null,
        List.of(page),
        false,
        false,
        TimeUnit.SECONDS.toNanos(timeoutSeconds));
  }

  private static Optional<String> authority(URI asked) {
    return Optional.ofNullable(asked.getRawAuthority());
  }

  /** Without brackets for IPv4. */
  private static String at(Connection to) {
    String text = to.text();
    return to.address() instanceof Inet4Address ? text.replaceAll("[\\[\\]]", "") : text;
  }
}
