package io.keepstream.health.edge;

import io.keepstream.health.http.Expected;
import io.keepstream.health.http.Response;
import io.keepstream.health.http.ResponseBody;
import io.keepstream.health.verdict.FailureReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Takes the answer to one request, of any version of HTTP. */
final class ResponseReader extends SimpleChannelInboundHandler<HttpObject> {
  private static final String GRPC_STATUS = "grpc-status";
  private static final String GRPC_MESSAGE = "grpc-message";

  /** Told what happens, and nothing after the end. */
  interface Listener {
    /** Header or a piece of the body was received. */
    void progress();

    void answered(Response response);

    void broken(FailureReason reason, String detail);
  }

  private final ResponseBody body;
  private final Listener listener;
  private HttpResponse header;
  private boolean interim;
  private boolean ended;

  ResponseReader(Expected expected, Listener listener) {
    this.body = ResponseBody.of(expected);
    this.listener = listener;
  }

  /** Whether the server would take another request on the same connection. */
  boolean staysOpen() {
    return header != null && HttpUtil.isKeepAlive(header);
  }

  /** How far it came, for people. */
  String progress() {
    return header == null
        ? "before the header was complete"
        : "after %d bytes of the body".formatted(body.length());
  }

  /** Status and beginning of the body, in HTTP/2; empty before the header is complete. */
  String shown() {
    byte[] shown = body.shown();
    String text = FirstBytes.text(shown, shown.length);
    return header == null ? "" : "HTTP/2 %d%n%s".formatted(header.status().code(), text).strip();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (ended) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      fail(message.decoderResult().cause());
      return;
    }
    if (message instanceof HttpResponse response) {
      interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (!interim) {
        header = response;
        listener.progress();
      }
    }
    if (message instanceof HttpContent content && !interim) {
      take(content);
    }
  }

  private void take(HttpContent content) {
    if (content.content().isReadable()) {
      body.add(content.content().nioBuffer());
      listener.progress();
    }
    if (body.tooLong()) {
      String detail = "body longer than %d bytes".formatted(ResponseBody.LIMIT_BYTES);
      broken(FailureReason.RESPONSE_TOO_LARGE, detail);
    } else if (content instanceof LastHttpContent last) {
      ended = true;
      listener.answered(
          new Response(
              header.status().code(),
              body,
              grpc(last.trailingHeaders(), GRPC_STATUS),
              grpc(last.trailingHeaders(), GRPC_MESSAGE)));
    }
  }

  private String grpc(HttpHeaders trailer, String name) {
    String value = trailer.get(name);
    return value == null ? header.headers().get(name) : value;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed();
  }

  private void closed() {
    broken(FailureReason.CONNECTION_CLOSED, "closed " + progress());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  /** The connection failed, or what came over it is wrong. */
  void fail(Throwable thrown) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    switch (cause) {
      case PrematureChannelClosureException _ -> closed();
      case TooLongFrameException e ->
          broken(FailureReason.RESPONSE_TOO_LARGE, "header: " + e.getMessage());
      case Http2FrameStreamException e -> fail(e.getCause());
      case Http2Exception.HeaderListSizeException e ->
          broken(FailureReason.RESPONSE_TOO_LARGE, "header: " + e.getMessage());
      case Http2Exception e when isAboutSize(e) ->
          broken(FailureReason.RESPONSE_TOO_LARGE, "header: " + e.getMessage());
      case SSLException e -> broken(FailureReason.TLS_HANDSHAKE, e.getMessage());
      case IOException e ->
          broken(FailureReason.CONNECTION_CLOSED, "%s: %s".formatted(progress(), e.getMessage()));
      case Throwable e -> broken(FailureReason.PROTOCOL_ERROR, text(e));
    }
  }

  /** Far too large a header ends the whole connection, with no type of its own. */
  private static boolean isAboutSize(Http2Exception e) {
    return text(e).startsWith("Header size exceeded");
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private void broken(FailureReason reason, String detail) {
    if (!ended) {
      ended = true;
      listener.broken(reason, detail);
    }
  }
}
