package io.keepstream.health.edge;

import io.keepstream.health.config.Connection;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpProtocol;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.ProbeTarget;
import io.keepstream.linux.socket.TcpConnect;
import io.keepstream.linux.socket.TcpProber;
import io.keepstream.linux.socket.TcpQuestion;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The way to one target: makes connections to it, with TLS if that is asked for. */
final class HttpLine {
  private static final int LONGEST_DETAIL = 200;

  private final Libc libc;
  private final IoEventLoop loop;
  private final TlsContexts contexts;
  private final TcpProber prober;
  private final HttpCheck check;
  private final ProbeTarget target;
  private final Connection to;
  private final boolean fromOnePort;
  private final int port;
  private final IdentityHashMap<HttpUrl, byte[]> requests = new IdentityHashMap<>(1);

  /** What an exchange runs on. */
  record Machine(Libc libc, IoEventLoop loop, TlsContexts contexts, TcpProber prober) {
    Machine(Libc libc, IoEventLoop loop) {
      this(libc, loop, new TlsContexts(loop), new TcpProber(libc, loop));
    }
  }

  /** Told how it goes, on the loop. */
  interface Listener {
    /** Certificates and keys of this host are ready, for which the target does not answer. */
    void connecting();

    /** TCP is there, TLS not yet. */
    void connected();

    /** Ready for HTTP. */
    void open(EpollSocketChannel channel);

    void failed(FailureReason reason, String detail);
  }

  HttpLine(Machine machine, Connection to, HttpCheck check) {
    this.libc = machine.libc();
    this.loop = machine.loop();
    this.contexts = machine.contexts();
    this.check = check;
    this.prober = machine.prober();
    this.target = Connections.target(to);
    if (!isPlain()) {
      target.resetOnClose();
    }
    this.to = to;
    this.fromOnePort = to.bindPort() != 0;
    this.port = to.port();
  }

  IoEventLoop loop() {
    return loop;
  }

  HttpCheck check() {
    return check;
  }

  /** Whether each connection comes from the same port of this host. */
  boolean fromOnePort() {
    return fromOnePort;
  }

  /** Whether each request goes in the clear over a connection of its own. */
  boolean isPlain() {
    return check.tls() == null
        && check.protocol() != HttpProtocol.HTTP_2
        && !check.keepConnection();
  }

  /** Asks for {@code url}, where this is plain. */
  TcpQuestion ask(HttpUrl url, TcpQuestion.Listener listener) {
    byte[] request = requests.computeIfAbsent(url, each -> HttpRequests.bytes(check, each));
    return prober.ask(target, request, listener);
  }

  /** Why there is no connection, as an error number says. */
  FailureReason reason(int errno) {
    return TcpChecker.connected(errno)
        ? FailureReason.CONNECTION_CLOSED
        : Connections.reason(errno, to);
  }

  /** Starts making a connection to {@code peer}. */
  Opening open(HttpUrl.Peer peer, Listener listener) {
    Opening opening = new Opening(peer, listener);
    if (check.tls() == null) {
      opening.connect();
    } else {
      contexts.get(check.tls(), check.protocol() == HttpProtocol.HTTP_2, opening);
    }
    return opening;
  }

  /** A connection in the making. */
  final class Opening implements TlsContexts.Answer, TcpConnect.Outcome {
    private final HttpUrl.Peer peer;
    private final Listener listener;
    private SslContext context;
    private TcpConnect connecting;
    private EpollSocketChannel channel;
    private boolean abandoned;

    private Opening(HttpUrl.Peer peer, Listener listener) {
      this.peer = peer;
      this.listener = listener;
    }

    /** Gives up; nothing is told any more. */
    void abandon() {
      abandoned = true;
      if (connecting != null) {
        connecting.close();
      }
      if (channel != null) {
        HttpConnection.cut(channel);
      }
    }

    @Override
    public void ready(SslContext made) {
      if (!abandoned) {
        context = made;
        connect();
      }
    }

    @Override
    public void failed(String why) {
      if (!abandoned) {
        listener.failed(FailureReason.TLS_SETUP, why);
      }
    }

    private void connect() {
      listener.connecting();
      connecting = TcpConnect.open(libc, loop, target, this);
    }

    @Override
    public void failed(int errno) {
      connecting = null;
      listener.failed(reason(errno), Errno.describe(errno));
    }

    @Override
    public void connected(int fd) {
      connecting = null;
      channel = new EpollSocketChannel(fd);
      listener.connected();
      // Before it is registered, so that nothing it tells is missed.
      SslHandler tls = context == null ? null : handler();
      if (tls != null) {
        channel.pipeline().addLast(tls, new Quiet());
      }
      EventLoop any = loop;
      var _ = any.register(channel);
      if (tls == null) {
        listener.open(channel);
      } else {
        tls.handshakeFuture().addListener((Future<? super Object> done) -> shaken(tls, done));
      }
    }

    private SslHandler handler() {
      SSLEngine engine = context.newEngine(channel.alloc(), peer.certificateName(), port);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(
          peer.serverName() == null || isAddress(peer.serverName())
              ? List.of()
              : List.of(new SNIHostName(peer.serverName())));
      engine.setSSLParameters(parameters);
      SslHandler handler = new SslHandler(engine);
      handler.setHandshakeTimeoutMillis(0);
      return handler;
    }

    private static boolean isAddress(String name) {
      try {
        var _ = InetAddress.ofLiteral(name);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private void shaken(SslHandler tls, Future<?> handshake) {
      if (abandoned) {
        return;
      }
      EpollSocketChannel made = channel;
      if (!handshake.isSuccess()) {
        Throwable cause = handshake.cause();
        listener.failed(verifying(cause), detail(cause));
        HttpConnection.cut(made);
      } else if (check.protocol() == HttpProtocol.HTTP_2
          && !ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
        listener.failed(FailureReason.PROTOCOL_ERROR, "TLS agreed on no HTTP/2 (ALPN)");
        HttpConnection.cut(made);
      } else {
        made.pipeline().remove(Quiet.class);
        listener.open(made);
      }
    }

    private static FailureReason verifying(Throwable handshake) {
      for (Throwable e = handshake; e != null; e = e.getCause()) {
        if (e instanceof GeneralSecurityException) {
          return FailureReason.TLS_VERIFY;
        }
      }
      return FailureReason.TLS_HANDSHAKE;
    }

    private static String detail(Throwable handshake) {
      String text =
          switch (handshake) {
            case ClosedChannelException _ -> "connection closed";
            case NotSslRecordException e -> "not TLS but: " + plain(e.getMessage());
            case Throwable e -> String.valueOf(e.getMessage());
          };
      return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "..." : text;
    }

    /** The first line of what the message has in hexadecimal behind its last space. */
    private static String plain(String message) {
      try {
        byte[] bytes = HexFormat.of().parseHex(message.substring(message.lastIndexOf(' ') + 1));
        return FirstBytes.text(bytes, bytes.length).lines().findFirst().orElse("");
      } catch (IllegalArgumentException e) {
        return message;
      }
    }
  }

  /** What fails before there is TLS is told by the handshake. */
  private static final class Quiet extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      HttpConnection.cut((EpollSocketChannel) context.channel());
    }
  }
}
