package io.keepstream.node.demo;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client that asks the VIP for its page some ten times a second, each time on a new connection
 * made in the client's namespace, and notes who answered.
 */
final class Visitor implements AutoCloseable {
  private static final int HTTP = 80;
  private static final int LIMIT_MILLIS = 150;
  private static final long PAUSE_MILLIS = 100;
  private static final byte[] REQUEST =
      ("GET / HTTP/1.0\r\nHost: " + Stage.VIP + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);

  /**
   * What came of one visit.
   *
   * @param server who answered, or null for nobody
   */
  record Visit(long atNanos, String server) {}

  private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  Visitor(LabHost client) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("visitor")
            .start(
                () ->
                    client.inside(
                        () -> {
                          visitUntilClosed();
                          return null;
                        }));
  }

  /** The visits since the last call. */
  List<Visit> news() {
    List<Visit> news = new ArrayList<>();
    visits.drainTo(news);
    return news;
  }

  private void visitUntilClosed() throws InterruptedException {
    while (!closed) {
      long atNanos = System.nanoTime();
      visits.add(new Visit(atNanos, visit()));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static String visit() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.connect(new InetSocketAddress(Stage.VIP, HTTP), LIMIT_MILLIS);
      socket.getOutputStream().write(REQUEST);
      InputStream answer = socket.getInputStream();
      String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(text.indexOf("\r\n\r\n") + 4).strip();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
