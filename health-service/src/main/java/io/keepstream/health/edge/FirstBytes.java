package io.keepstream.health.edge;

import io.keepstream.health.http.ResponseBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Remembers the beginning of what is received. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  private static final char DELETE = 0x7f;

  private final byte[] bytes = new byte[ResponseBody.SHOWN_BYTES];
  private int length;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (length < bytes.length && message instanceof ByteBuf buffer) {
      int more = Math.min(bytes.length - length, buffer.readableBytes());
      buffer.getBytes(buffer.readerIndex(), bytes, length, more);
      length += more;
    }
    context.fireChannelRead(message);
  }

  /** Remembers what there is still room for. */
  void add(byte[] received, int count) {
    int more = Math.min(bytes.length - length, count);
    System.arraycopy(received, 0, bytes, length, more);
    length += more;
  }

  /** What comes from now on is another answer. */
  void forget() {
    length = 0;
  }

  String text() {
    return text(bytes, length);
  }

  /** Bytes as people can read them. */
  static String text(byte[] bytes, int length) {
    byte[] shown = new byte[length];
    int kept = 0;
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b == '\n' || b == '\t' || b < 0 || (b >= ' ' && b != DELETE)) {
        shown[kept++] = b;
      }
    }
    return new String(shown, 0, kept, StandardCharsets.UTF_8).strip();
  }
}
