package io.keepstream.node.scenario;

import io.keepstream.lab.LabHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One connection of a client to a web server, which it asks more than once. */
record Session(Socket socket, BufferedReader answers) implements AutoCloseable {
  private static final int LIMIT_MILLIS = 10_000;

  static Session open(LabHost client, String address) {
    return client.inside(
        () -> {
          Socket socket = new Socket();
          socket.setSoTimeout(LIMIT_MILLIS);
          socket.connect(new InetSocketAddress(address, 80), LIMIT_MILLIS);
          return new Session(
              socket,
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        });
  }

  /** One that {@code server} serves. */
  static Session to(String server, LabHost client, String address) throws IOException {
    while (true) {
      Session session = open(client, address);
      if (session.ask().equals(server)) {
        return session;
      }
      session.close();
    }
  }

  /** The name of the server at its other end. */
  String ask() throws IOException {
    send();
    return read();
  }

  /** Asks without waiting for the answer. */
  void send() throws IOException {
    byte[] request = "GET / HTTP/1.1\r\nHost: vip\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(request);
  }

  private String read() throws IOException {
    for (String header = answers.readLine(); !header.isEmpty(); ) {
      header = answers.readLine();
    }
    return answers.readLine();
  }

  /** Whether no answer comes to what was sent. */
  boolean isSilent(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      answers.mark(1);
      answers.read();
      answers.reset();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(LIMIT_MILLIS);
    }
  }

  /** The answer to what was sent. */
  String answer() throws IOException {
    return read();
  }

  /** Ends it with a reset, which the kernel forgets in 10 s; a polite end takes it 2 minutes. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    reset();
  }
}
