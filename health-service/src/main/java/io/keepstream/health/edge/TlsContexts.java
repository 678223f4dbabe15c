package io.keepstream.health.edge;

import io.keepstream.health.http.TlsSettings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contexts of TLS, one for all checks with the same settings. They read files, so they are made on
 * another thread; one that could not be made is tried again at the next attempt.
 */
final class TlsContexts {
  /** So that the certificate is looked at in every attempt, not once per session. */
  private static final long VERIFIED_SESSION_SECONDS = 1;

  private static final Logger log = LoggerFactory.getLogger(TlsContexts.class);

  private final Executor loop;
  private final Map<Key, SslContext> made = new HashMap<>();

  private record Key(TlsSettings settings, boolean http2) {}

  /** Takes a context, or why there is none. */
  interface Answer {
    void ready(SslContext context);

    void failed(String why);
  }

  TlsContexts(Executor loop) {
    this.loop = loop;
  }

  /** Answers on the loop, at once if it can. */
  void get(TlsSettings settings, boolean http2, Answer answer) {
    Key key = new Key(settings, http2);
    SslContext known = made.get(key);
    if (known != null) {
      answer.ready(known);
      return;
    }
    Consumer<SslContext> keep =
        context -> {
          made.put(key, context);
          answer.ready(context);
        };
    var _ = Thread.ofVirtual().name("tls context").start(() -> make(key, keep, answer::failed));
  }

  private void make(Key key, Consumer<SslContext> keep, Consumer<String> failed) {
    try {
      SslContext context = build(key.settings(), key.http2());
      loop.execute(() -> keep.accept(context));
    } catch (SSLException | RuntimeException e) {
      log.warn("{} cannot be used: {}", key.settings(), reason(e));
      loop.execute(() -> failed.accept(reason(e)));
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
