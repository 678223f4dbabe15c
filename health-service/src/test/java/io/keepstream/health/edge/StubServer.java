package io.keepstream.health.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that does with each connection whatever a test wants. */
final class StubServer implements AutoCloseable {
  /** What happens with a connection, which is closed afterwards. */
  interface Behaviour {
    void meet(Socket connection, StubServer server) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  volatile String failing = "";
  private final Behaviour behaviour;

  StubServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("stub").start(this::accept);
  }

  /** Answers each request with the same bytes. */
  static StubServer saying(String answer) {
    return new StubServer(
        (connection, server) -> {
          server.readRequest(connection);
          server.write(connection, answer);
        });
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The requests so far, without their bodies. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Reads up to the empty line; null at the end of the connection. */
  String readRequest(Socket connection) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = connection.getInputStream();
    while (!text.toString().endsWith("\r\n\r\n")) {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      text.append((char) c);
    }
    requests.add(text.toString());
    return text.toString();
  }

  /** Adds a line to the requests. */
  void note(String line) {
    requests.add(line);
  }

  void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> meet(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket connection) {
    try (connection) {
      behaviour.meet(connection, this);
    } catch (IOException | InterruptedException e) {
      // The checker went away, which is its good right.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
