package io.keepstream.node.sidebyside;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A server over UDP, which sends back what it was sent, with something changed. */
final class DatagramSubject extends AskedSubject {
  private static final int LONGEST = 1500;

  private final String checker;
  private final String words;
  private final UnaryOperator<byte[]> right;
  private final UnaryOperator<byte[]> wrong;
  private final DatagramSocket socket;

  /** One that answers to a request with {@code right}, or with {@code wrong} when it fails. */
  DatagramSubject(
      DatagramSocket socket,
      String checker,
      String words,
      UnaryOperator<byte[]> right,
      UnaryOperator<byte[]> wrong) {
    this.checker = checker;
    this.words = words;
    this.right = right;
    this.wrong = wrong;
    this.socket = socket;
    Thread.ofVirtual().start(this::serve);
  }

  static DatagramSocket socket(LabHost host, String address) {
    return host.inside(() -> new DatagramSocket(Side.PORT, InetAddress.ofLiteral(address)));
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
    return EnumSet.of(Fault.SILENT, Fault.WRONG);
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LONGEST);
        socket.receive(packet);
        byte[] asked = Arrays.copyOf(packet.getData(), packet.getLength());
        Fault fault = next();
        if (fault != Fault.SILENT) {
          byte[] answer = (fault == null ? right : wrong).apply(asked);
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or who asked is gone.
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
