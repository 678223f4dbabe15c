package io.keepstream.node.sidebyside;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

/** A server over TCP, one virtual thread for each connection. */
final class StreamSubject extends AskedSubject {
  /** What it does with a connection, which is closed afterwards. */
  interface Conversation {
    /**
     * Talks with who connected.
     *
     * @param right whether it talks as it should
     */
    void hold(Socket connection, boolean right) throws IOException;
  }

  private final String checker;
  private final String words;
  private final Conversation conversation;
  private final ServerSocket listener;

  StreamSubject(
      LabHost host, String address, String checker, String words, Conversation conversation) {
    this.checker = checker;
    this.words = words;
    this.conversation = conversation;
    listener = host.inside(() -> new ServerSocket(Side.PORT, 50, InetAddress.ofLiteral(address)));
    Thread.ofVirtual().start(this::accept);
  }

  @Override
  public String checker() {
    return checker;
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.of(Fault.RESET, Fault.SILENT, Fault.WRONG);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        Thread.ofVirtual().start(() -> meet(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket connection) {
    try (connection) {
      switch (next()) {
        case null -> conversation.hold(connection, true);
        case WRONG -> conversation.hold(connection, false);
        case SILENT -> connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        case RESET, REFUSE -> connection.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // The checker has seen enough.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
