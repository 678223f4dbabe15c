package io.keepstream.health.edge;

import io.keepstream.health.http.TlsSettings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contexts of TLS, one for all checks with the same settings. They read files, so they are made on
 * another thread; one that could not be made is tried again at the next attempt. Once a second at
 * most, an attempt has the files looked at: when they are others, the attempts after it get a
 * context made of those, or go on with the old one where that is not possible.
 */
final class TlsContexts {
  /** So that the certificate is looked at in every attempt, not once per session. */
  private static final long VERIFIED_SESSION_SECONDS = 1;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger log = LoggerFactory.getLogger(TlsContexts.class);

  private final EventExecutor loop;
  private final Map<Key, Made> made = new HashMap<>();

  private record Key(TlsSettings settings, boolean http2) {}

  private static final class Made {
    private SslContext context;
    private List<Map<String, Object>> files;
    private long lookedNanos;

    Made(SslContext context, List<Map<String, Object>> files, long nowNanos) {
      this.context = context;
      this.files = files;
      this.lookedNanos = nowNanos;
    }
  }

  /** Takes a context, or why there is none. */
  interface Answer {
    void ready(SslContext context);

    void failed(String why);
  }

  TlsContexts(EventExecutor loop) {
    this.loop = loop;
  }

  /** Answers on the loop, at once if it can. */
  void get(TlsSettings settings, boolean http2, Answer answer) {
    Key key = new Key(settings, http2);
    Made known = made.get(key);
    if (known == null) {
      aside(() -> make(key, answer));
      return;
    }
    long nowNanos = loop.ticker().nanoTime();
    if (nowNanos - known.lookedNanos >= LOOK_NANOS) {
      known.lookedNanos = nowNanos;
      List<Map<String, Object>> before = known.files;
      aside(() -> look(key, before));
    }
    answer.ready(known.context);
  }

  private static void aside(Runnable work) {
    var _ = Thread.ofVirtual().name("tls context").start(work);
  }

  private void make(Key key, Answer answer) {
    List<Map<String, Object>> files = stamps(key.settings());
    try {
      SslContext context = build(key.settings(), key.http2());
      loop.execute(
          () -> {
            made.put(key, new Made(context, files, loop.ticker().nanoTime()));
            answer.ready(context);
          });
    } catch (SSLException | RuntimeException e) {
      log.warn("{} cannot be used: {}", key.settings(), reason(e));
      loop.execute(() -> answer.failed(reason(e)));
    }
  }

  private void look(Key key, List<Map<String, Object>> before) {
    List<Map<String, Object>> files = stamps(key.settings());
    if (files.equals(before)) {
      return;
    }
    try {
      SslContext context = build(key.settings(), key.http2());
      log.info("{}: its files have changed, using them from now on", key.settings());
      loop.execute(() -> replace(key, files, context));
    } catch (SSLException | RuntimeException e) {
      log.warn(
          "{}: its files have changed and cannot be used, going on with those of before: {}",
          key.settings(),
          reason(e));
      loop.execute(() -> made.get(key).files = files);
    }
  }

  private void replace(Key key, List<Map<String, Object>> files, SslContext context) {
    Made known = made.get(key);
    known.context = context;
    known.files = files;
  }

  private static List<Map<String, Object>> stamps(TlsSettings settings) {
    return Stream.of(settings.caFile(), settings.certificate(), settings.key())
        .filter(Objects::nonNull)
        .map(TlsContexts::stamp)
        .toList();
  }

  /** What tells one content of a file from the next; empty where there is none. */
  private static Map<String, Object> stamp(String file) {
    try {
      return Files.readAttributes(Path.of(file), "unix:ino,size,ctime");
    } catch (IOException | InvalidPathException e) {
      return Map.of();
    }
  }

  /** The innermost cause says what is wrong with which file. */
  private static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      message = e.getMessage() == null ? message : e.getMessage();
    }
    return message;
  }

  private static SslContext build(TlsSettings settings, boolean http2) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm(settings.verify() ? "HTTPS" : null)
            .protocols(
                settings.onlyVersion13()
                    ? new String[] {"TLSv1.3"}
                    : new String[] {"TLSv1.3", "TLSv1.2"});
    if (!settings.verify()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    } else {
      builder.sessionTimeout(VERIFIED_SESSION_SECONDS);
      if (settings.caFile() != null) {
        builder.trustManager(new File(settings.caFile()));
      }
    }
    if (settings.certificate() != null) {
      builder.keyManager(
          new File(settings.certificate()), new File(settings.key()), settings.password());
    }
    if (http2) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2));
    }
    return builder.build();
  }
}
