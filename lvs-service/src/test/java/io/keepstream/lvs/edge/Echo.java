package io.keepstream.lvs.edge;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Answers every datagram to port 5353 of a host with the host's name. */
final class Echo implements AutoCloseable {
  private static final int PORT = 5353;
  private static final int LIMIT_MILLIS = 5_000;

  private final DatagramSocket socket;

  Echo(LabHost host) {
    socket = host.inside(() -> new DatagramSocket(PORT));
    Thread.ofPlatform().daemon().start(() -> answer(host.name()));
  }

  private void answer(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    try {
      while (true) {
        socket.receive(packet);
        socket.send(new DatagramPacket(text, text.length, packet.getSocketAddress()));
      }
    } catch (SocketException closed) {
      // The end.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Who answers a new client at port 53 of {@code address}. */
  static String ask(LabHost client, String address) throws IOException {
    try (DatagramSocket socket = client.inside(DatagramSocket::new)) {
      return ask(socket, address);
    }
  }

  /** Who answers the client of this socket. */
  static String ask(DatagramSocket socket, String address) throws IOException {
    socket.setSoTimeout(LIMIT_MILLIS);
    InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(address), 53);
    socket.send(new DatagramPacket(new byte[1], 1, to));
    DatagramPacket answer = new DatagramPacket(new byte[64], 64);
    socket.receive(answer);
    return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    socket.close();
  }
}
