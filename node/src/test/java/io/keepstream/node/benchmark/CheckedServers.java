package io.keepstream.node.benchmark;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Any number of servers to be checked, behind one socket of a host that listens on all loopback
 * addresses. Closes connections a little after who checks has closed them.
 */
final class CheckedServers implements AutoCloseable {
  static final int PORT = 8000;
  static final String BODY = "all is well\n".repeat(40);

  private static final int BACKLOG = 4096;
  private static final int SELECT_MILLIS = 20;
  private static final long CLOSE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(BODY.length(), BODY)
          .getBytes(StandardCharsets.US_ASCII);

  private record Closing(SocketChannel connection, long atNanos) {}

  private final boolean http;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final Deque<Closing> closing = new ArrayDeque<>();
  private final Map<SocketAddress, Long> asked = new HashMap<>();
  private final ByteBuffer request = ByteBuffer.allocate(4096);
  private volatile int connections;
  private volatile long longestGapNanos;

  CheckedServers(LabHost host, boolean http) {
    this.http = http;
    try {
      selector = Selector.open();
      listener = host.inside(() -> ServerSocketChannel.open());
      listener.bind(new InetSocketAddress(PORT), BACKLOG).configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    host.lab().own(this);
    Thread.ofPlatform().daemon().name("checked servers").start(this::serve);
  }

  /** Connections so far. */
  int connections() {
    return connections;
  }

  /** The longest time in which a server was not asked, since this was called last. */
  double longestGapMillis() {
    long gapNanos = longestGapNanos;
    longestGapNanos = 0;
    return gapNanos / 1e6;
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::handle, SELECT_MILLIS);
        long nowNanos = System.nanoTime();
        while (!closing.isEmpty() && closing.peek().atNanos() < nowNanos) {
          closing.poll().connection().close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        answer(key, (SocketChannel) key.channel());
      }
    } catch (IOException e) {
      key.cancel();
      later((SocketChannel) key.channel());
    }
  }

  private void accept() throws IOException {
    for (SocketChannel one = listener.accept(); one != null; one = listener.accept()) {
      note(one.getLocalAddress());
      if (http) {
        one.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      } else {
        later(one);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void note(SocketAddress server) {
    long nowNanos = System.nanoTime();
    Long before = asked.put(server, nowNanos);
    if (before != null) {
      longestGapNanos = Math.max(longestGapNanos, nowNanos - before);
    }
    connections++;
  }

  private void answer(SelectionKey key, SocketChannel connection) throws IOException {
    if (connection.read(request.clear()) > 0) {
      connection.write(ByteBuffer.wrap(ANSWER));
      connection.shutdownOutput();
    }
    key.cancel();
    later(connection);
  }

  private void later(SocketChannel connection) {
    closing.add(new Closing(connection, System.nanoTime() + CLOSE_AFTER_NANOS));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    selector.close();
  }
}
