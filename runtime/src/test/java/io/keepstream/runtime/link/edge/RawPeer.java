package io.keepstream.runtime.link.edge;

import io.keepstream.runtime.link.Decoded;
import io.keepstream.runtime.link.Frame;
import io.keepstream.runtime.link.FrameCodec;
import io.keepstream.runtime.link.FrameReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A caller that does not keep to the rules. */
final class RawPeer implements AutoCloseable {
  private final Path directory;
  private final SocketChannel channel;
  private final FrameReader reader = new FrameReader();

  RawPeer(Path directory, String process) throws IOException {
    this.directory = directory;
    channel = SocketChannel.open(UnixDomainSocketAddress.of(EventLink.socket(directory, process)));
  }

  RawPeer say(Frame frame) throws IOException {
    return say(FrameCodec.encode(frame));
  }

  RawPeer say(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  /** Does what makes the other side believe it is linked; its pulse does not beat. */
  RawPeer greet(String name) throws IOException {
    Pulse.own(directory, name);
    return say(new Frame.Hello(FrameCodec.VERSION, name, Set.of())).say(new Frame.Ping());
  }

  /** What the other side says until it closes. */
  List<Frame> untilClosed() throws IOException {
    List<Frame> frames = new ArrayList<>();
    ByteBuffer chunk = ByteBuffer.allocate(8192);
    while (channel.read(chunk) >= 0) {
      for (Decoded each : reader.take(Arrays.copyOf(chunk.array(), chunk.position()))) {
        frames.add(((Decoded.Accepted) each).frame());
      }
      chunk.clear();
    }
    return frames;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
