package io.keepstream.testkit.peer;

import io.keepstream.lab.LabHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client's connection to a {@link io.keepstream.lab.WebServer}, which may ask more than once.
 *
 * @param socket the client's end
 */
public record WebSession(Socket socket, BufferedReader answers) implements AutoCloseable {
  private static final int LIMIT_MILLIS = 20_000;

  /**
   * Connects to port 80.
   *
   * @param from an address of the client
   */
  public static WebSession open(LabHost client, String from, String to) {
    return client.inside(
        () -> {
          Socket socket = new Socket();
          socket.bind(new InetSocketAddress(from, 0));
          socket.setSoTimeout(LIMIT_MILLIS);
          socket.connect(new InetSocketAddress(to, 80), LIMIT_MILLIS);
          return new WebSession(
              socket,
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        });
  }

  /** The name of the server at its other end. */
  public String ask() throws IOException {
    byte[] request = "GET / HTTP/1.1\r\nHost: vip\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(request);
    for (String header = answers.readLine(); !header.isEmpty(); ) {
      header = answers.readLine();
    }
    return answers.readLine();
  }

  /**
   * Ends it with a reset, which IPVS forgets in 10 seconds, unlike the 2 minutes of a polite end.
   */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
