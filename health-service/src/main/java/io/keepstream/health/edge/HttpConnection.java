package io.keepstream.health.edge;

import io.keepstream.health.http.AnswerParser;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpProtocol;
import io.keepstream.health.http.HttpUrl;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/** A connection, with TLS behind it if any, over which requests go one after another. */
final class HttpConnection {
  private final EpollSocketChannel channel;
  private final HttpCheck check;
  private final HttpUrl.Peer peer;
  private final boolean resets;
  private final FirstBytes first = new FirstBytes();
  private ResponseReader reader;

  /**
   * Over a connection that is through with the handshake.
   *
   * @param resets whether even a polite end is a reset: a port that was chosen has to be free for
   *     the next attempt
   */
  HttpConnection(EpollSocketChannel channel, HttpCheck check, HttpUrl.Peer peer, boolean resets) {
    this.channel = channel;
    this.resets = resets;
    this.check = check;
    this.peer = peer;
    ChannelPipeline pipeline = channel.pipeline().addLast(first);
    if (http2()) {
      pipeline.addLast(
          Http2FrameCodecBuilder.forClient()
              .gracefulShutdownTimeoutMillis(0)
              .initialSettings(
                  Http2Settings.defaultSettings()
                      .pushEnabled(false)
                      .maxHeaderListSize(AnswerParser.LONGEST_HEADER_BYTES))
              .build(),
          new Http2MultiplexHandler(new Unasked()),
          new Rest());
    } else {
      HttpDecoderConfig limits =
          new HttpDecoderConfig()
              .setMaxInitialLineLength(AnswerParser.LONGEST_LINE_BYTES)
              .setMaxHeaderSize(AnswerParser.LONGEST_HEADER_BYTES);
      pipeline.addLast(new HttpClientCodec(limits, false, false), new Rest());
    }
  }

  private boolean http2() {
    return check.protocol() == HttpProtocol.HTTP_2;
  }

  /** Whether it leads to {@code other} as well, and the server has not closed it. */
  boolean serves(HttpUrl.Peer other) {
    return channel.isActive() && peer.equals(other);
  }

  /** Sends the request for {@code url}; its answer goes to {@code answer}. */
  void send(HttpUrl url, ResponseReader answer) {
    first.forget();
    reader = answer;
    if (http2()) {
      new Http2StreamChannelBootstrap(channel)
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                  stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), answer);
                }
              })
          .open()
          .addListener((Future<Http2StreamChannel> opened) -> sendOver(opened, url, answer));
    } else {
      channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, answer);
      write(channel, url, answer);
    }
  }

  private void sendOver(Future<Http2StreamChannel> opened, HttpUrl url, ResponseReader answer) {
    if (opened.isSuccess()) {
      write(opened.getNow(), url, answer);
    } else {
      answer.fail(opened.cause());
    }
  }

  private void write(Channel over, HttpUrl url, ResponseReader answer) {
    over.writeAndFlush(HttpRequests.of(check, url))
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                answer.fail(written.cause());
              }
            });
  }

  /** The beginning of what was received since the last request. */
  String received() {
    String shown = http2() && reader != null ? reader.shown() : "";
    return shown.isEmpty() ? first.text() : shown;
  }

  /** The answer is complete; whether another request can be sent. */
  boolean rest() {
    boolean stays = check.keepConnection() && reader.staysOpen() && channel.isActive();
    if (!http2()) {
      channel.pipeline().remove(reader);
    }
    reader = null;
    return stays;
  }

  /** Ends it politely. */
  void finish() {
    if (!channel.isActive()) {
      return;
    }
    if (!resets) {
      channel.config().setSoLinger(-1);
    }
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls != null && !peer.closeNotify()) {
      var _ = tls.close();
    } else {
      var _ = channel.close();
    }
  }

  /** Ends it at once, with a reset. */
  void abort() {
    reader = null;
    cut(channel);
  }

  /** Closes past TLS, which would say goodbye first. */
  static void cut(EpollSocketChannel channel) {
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls != null) {
      var _ = tls.close();
    } else {
      var _ = channel.close();
    }
  }

  /** What no answer takes: trouble of the connection, and data nobody asked for. */
  private final class Rest extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      if (reader == null && !http2()) {
        cut(channel);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (reader != null) {
        reader.fail(cause);
      } else {
        cut(channel);
      }
    }
  }

  /** A stream that the server opened, which it must not. */
  @ChannelHandler.Sharable
  private static final class Unasked extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      var _ = context.close();
    }
  }
}
