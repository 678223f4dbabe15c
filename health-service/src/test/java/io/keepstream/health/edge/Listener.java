package io.keepstream.health.edge;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts connections in a host and closes them at once, politely or with a reset. */
final class Listener implements AutoCloseable {
  private final ServerSocket socket;
  private final boolean reset;
  final AtomicInteger accepted = new AtomicInteger();

  private Listener(LabHost host, int port, boolean reset) {
    this.socket = host.inside(() -> new ServerSocket(port, 4096));
    this.reset = reset;
    Thread.ofPlatform().daemon().name("listener " + port).start(this::accept);
  }

  static Listener polite(LabHost host, int port) {
    return host.lab().own(new Listener(host, port, false));
  }

  static Listener resetting(LabHost host, int port) {
    return host.lab().own(new Listener(host, port, true));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        accepted.incrementAndGet();
        if (reset) {
          connection.setSoLinger(true, 0);
        }
      } catch (IOException e) {
        // Closed, or the peer was gone before we had accepted it.
      }
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
