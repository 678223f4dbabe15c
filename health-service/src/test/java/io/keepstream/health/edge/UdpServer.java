package io.keepstream.health.edge;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Answers each datagram in a host with any number of others. */
final class UdpServer implements AutoCloseable {
  private static final int LONGEST = 65_535;

  private final DatagramSocket socket;
  private final Function<byte[], List<byte[]>> answers;
  private final AtomicInteger answered = new AtomicInteger();
  private final Thread thread;

  private UdpServer(LabHost host, int port, Function<byte[], List<byte[]>> answers) {
    this.socket = host.inside(() -> new DatagramSocket(port));
    this.answers = answers;
    thread = Thread.ofPlatform().daemon().name("udp " + port).start(this::serve);
  }

  static UdpServer start(LabHost host, int port, Function<byte[], List<byte[]>> answers) {
    return host.lab().own(new UdpServer(host, port, answers));
  }

  /** How many datagrams it has answered. */
  int answered() {
    return answered.get();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LONGEST);
        socket.receive(packet);
        byte[] asked = Arrays.copyOf(packet.getData(), packet.getLength());
        for (byte[] answer : answers.apply(asked)) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
        answered.incrementAndGet();
      } catch (IOException e) {
        // Closed, or who asked is gone.
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    // The port is free when whoever waited for a datagram has noticed.
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
