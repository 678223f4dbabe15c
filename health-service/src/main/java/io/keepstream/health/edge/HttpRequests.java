package io.keepstream.health.edge;

import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.HttpProtocol;
import io.keepstream.health.http.HttpUrl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Requests as they are sent. */
final class HttpRequests {
  private static final String USER_AGENT = "KeepAliveClient";

  private HttpRequests() {}

  /** The request of {@code check} for {@code url}. */
  static FullHttpRequest of(HttpCheck check, HttpUrl url) {
    ByteBuf body = Unpooled.wrappedBuffer(url.body().getBytes(StandardCharsets.ISO_8859_1));
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            version(check.protocol()), HttpMethod.valueOf(url.method()), url.path(), body);
    HttpHeaders headers = request.headers();
    headers.set(HttpHeaderNames.USER_AGENT, USER_AGENT);
    if (check.keepConnection() && check.protocol() != HttpProtocol.HTTP_2) {
      headers.set(HttpHeaderNames.CONNECTION, "keep-alive");
    } else if (check.protocol().saysClose()) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    }
    headers.set(HttpHeaderNames.HOST, url.host());
    if (body.isReadable()) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    url.headers().forEach(header -> headers.remove(header.name()));
    url.headers().forEach(header -> headers.add(header.name(), header.value()));
    return request;
  }

  /** The same as it goes over the wire, in HTTP/1. */
  static byte[] bytes(HttpCheck check, HttpUrl url) {
    FullHttpRequest request = of(check, url);
    StringBuilder text = new StringBuilder();
    String path = request.uri().isEmpty() ? "/" : request.uri();
    String octets = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    text.append(request.method()).append(' ').append(octets).append(' ');
    text.append(request.protocolVersion()).append("\r\n");
    request.headers().forEach(each -> text.append(each.getKey() + ": " + each.getValue() + "\r\n"));
    text.append("\r\n").append(url.body());
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static HttpVersion version(HttpProtocol protocol) {
    return switch (protocol) {
      case HTTP_1_0, HTTP_1_0_CLOSE -> HttpVersion.HTTP_1_0;
      case HTTP_1_1, HTTP_2 -> HttpVersion.HTTP_1_1;
    };
  }
}
