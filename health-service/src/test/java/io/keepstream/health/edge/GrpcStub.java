package io.keepstream.health.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of HTTP/2 without TLS that answers each request as it is told. */
final class GrpcStub implements AutoCloseable {
  /** How it answers. */
  enum Mood {
    SERVE,
    NOT_SERVING,
    UNIMPLEMENTED,
    RESET,
    HUGE_HEADER,
    SILENCE
  }

  volatile Mood mood = Mood.SERVE;
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final Channel listening;

  GrpcStub(IoEventLoop loop) {
    listening =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer().build(),
                            new Http2MultiplexHandler(
                                new ChannelInitializer<Channel>() {
                                  @Override
                                  protected void initChannel(Channel stream) {
                                    stream.pipeline().addLast(new Answering());
                                  }
                                }),
                            new Uninterested());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
  }

  /** Who is checked does not mind a reset. */
  private static final class Uninterested extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }

  private final class Answering extends SimpleChannelInboundHandler<Http2StreamFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        requests.add("%s %s".formatted(headers.headers().method(), headers.headers().path()));
      } else if (frame instanceof Http2DataFrame data) {
        byte[] bytes = new byte[data.content().readableBytes()];
        data.content().readBytes(bytes);
        requests.add(HexFormat.of().formatHex(bytes));
        answer(context);
      }
    }

    private void answer(ChannelHandlerContext context) {
      switch (mood) {
        case SERVE -> say(context, "00000000020801");
        case NOT_SERVING -> say(context, "00000000020802");
        case UNIMPLEMENTED -> headers(context, header("200").set("grpc-status", "12"), true);
        case RESET -> {
          var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        }
        case HUGE_HEADER -> headers(context, header("200").set("x", "x".repeat(100_000)), true);
        case SILENCE -> {}
      }
    }

    private void say(ChannelHandlerContext context, String hex) {
      headers(context, header("200").set("content-type", "application/grpc"), false);
      byte[] bytes = HexFormat.of().parseHex(hex);
      var _ = context.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), false));
      headers(context, new DefaultHttp2Headers().set("grpc-status", "0"), true);
    }

    private static Http2Headers header(String status) {
      return new DefaultHttp2Headers().status(status);
    }

    private static void headers(ChannelHandlerContext context, Http2Headers all, boolean last) {
      var _ = context.writeAndFlush(new DefaultHttp2HeadersFrame(all, last));
    }
  }
}
