package io.keepstream.node.scenario;

import io.keepstream.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host with one of the two programs, and the servers that it checks. */
final class ParityHost {
  private static final int PORT = 8080;
  private static final int BACKLOG = 1024;

  private final LabHost host;
  private final ParitySample sample;
  private List<ServerSocket> failing = List.of();

  ParityHost(LabHost host, ParitySample sample) {
    this.host = host;
    this.sample = sample;
    host.ip(
        "addr add 10.2.0.1/32 dev lo",
        "addr add 10.2.0.2/32 dev lo",
        "addr add 10.2.0.3/32 dev lo",
        "addr add fd00::1/128 dev lo",
        "addr add fd00::2/128 dev lo",
        "link add vrrp0 type veth peer name vrrp1",
        "addr add 10.4.0.1/24 dev vrrp0",
        "link set vrrp0 up",
        "link set vrrp1 up");
    listen(List.of("10.2.0.2", "10.2.0.3", "fd00::2"));
    first(true);
  }

  LabHost host() {
    return host;
  }

  ParitySample sample() {
    return sample;
  }

  /** The file that only this program uses. */
  Path ownFile() {
    return host.lab().directory().resolve(host.name() + ".own");
  }

  /** Writes the configuration and returns the file. */
  String configure(boolean reloaded) {
    String own = ownFile().toString();
    try {
      Path file = host.lab().directory().resolve(host.name() + ".conf");
      return Files.writeString(file, reloaded ? sample.after(own) : sample.before(own)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether anybody listens at the first server. */
  void first(boolean up) {
    failing.forEach(ParityHost::close);
    failing = up ? listen(List.of("10.2.0.1", "fd00::1")) : List.of();
  }

  /** Connections that are not accepted are connections all the same. */
  private List<ServerSocket> listen(List<String> addresses) {
    return host.inside(
        () -> {
          List<ServerSocket> sockets = new ArrayList<>();
          for (String address : addresses) {
            ServerSocket socket = new ServerSocket(PORT, BACKLOG, InetAddress.ofLiteral(address));
            sockets.add(host.lab().own(socket));
          }
          return sockets;
        });
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
