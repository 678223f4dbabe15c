package io.keepstream.lvs.edge;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * A client, a director and four web servers: two behind the director, for NAT, and two beside it,
 * for direct routing. Each answers with its name.
 */
final class DirectorLab implements AutoCloseable {
  static final String VIP = "10.20.0.100";
  private static final int LIMIT_MILLIS = 5_000;

  private final NamespaceLab lab = NamespaceLab.create();
  private final LabBridge lan = lab.bridge("lan");
  private final LabHost client = lab.host("client").nic("eth0", lan, "10.20.0.50/24");
  private final LabHost director = director("director", 1);

  DirectorLab() {
    director.ip("addr add " + VIP + "/32 dev eth0");
    behind("nat1", "10.10.0.11");
    behind("nat2", "10.10.0.12");
    beside("dr1", "10.20.0.13");
    beside("dr2", "10.20.0.14");
  }

  /** A host that balances. */
  LabHost director(String name, int last) {
    return lab.host(name)
        .nic("eth0", lan, "10.20.0." + last + "/24", "10.10.0." + last + "/24")
        .sysctl("net.ipv4.ip_forward=1", "net.ipv4.conf.all.send_redirects=0");
  }

  LabHost director() {
    return director;
  }

  private void behind(String name, String address) {
    LabHost host = lab.host(name).nic("eth0", lan, address + "/24");
    WebServer.start(host.ip("route add default via 10.10.0.1"), 80);
  }

  /** It has the virtual address, and keeps that to itself. */
  private void beside(String name, String address) {
    LabHost host =
        lab.host(name)
            .nic("eth0", lan, address + "/24")
            .sysctl("net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2");
    WebServer.start(host.ip("addr add " + VIP + "/32 dev lo"), 80);
  }

  /** The table of a director. */
  static NetlinkIpvsTable table(LabHost of, OptionalInt receiveBufferBytes) {
    return of.inside(
        () -> {
          NetlinkIpvsTable table = new NetlinkIpvsTable(new ForeignLibc(), receiveBufferBytes);
          table.dump();
          return table;
        });
  }

  NetlinkIpvsTable table() {
    return table(director, OptionalInt.empty());
  }

  /** The lines of {@code ipvsadm -Sn}. */
  List<String> lines() {
    return director.run("ipvsadm", "-Sn").orThrow("ipvsadm").text().lines().toList();
  }

  /**
   * A virtual server whose real servers are checked.
   *
   * @param more lines of it
   */
  static LvsConfig config(String method, String more, String... servers) {
    StringBuilder text = new StringBuilder();
    text.append("virtual_server %s 80 {\n protocol TCP\n lvs_sched rr\n".formatted(VIP));
    text.append(" lvs_method %s\n%s\n".formatted(method, more));
    for (String server : servers) {
      text.append(" real_server %s 80 {\n TCP_CHECK { }\n }\n".formatted(server));
    }
    return ConfigText.read(text + "}\n").config();
  }

  static BackendRef backend(String address) {
    return new BackendRef(
        ServerName.of(InetAddress.ofLiteral(VIP), "TCP", 80),
        ServerName.of(InetAddress.ofLiteral(address), "TCP", 80));
  }

  /** Who serves the next client. */
  String visit() throws IOException {
    try (Connection connection = connect()) {
      return connection.ask();
    }
  }

  /** A connection that has come to {@code server}. */
  Connection connectTo(String server) throws IOException {
    while (true) {
      Connection connection = connect();
      if (connection.ask().equals(server)) {
        return connection;
      }
      connection.close();
    }
  }

  Connection connect() {
    return client.inside(
        () -> {
          Socket socket = new Socket();
          socket.setSoTimeout(LIMIT_MILLIS);
          socket.connect(new InetSocketAddress(VIP, 80), LIMIT_MILLIS);
          return new Connection(
              socket,
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        });
  }

  /** A connection of the client, which may ask more than once. */
  record Connection(Socket socket, BufferedReader answers) implements AutoCloseable {
    /** The name of the server at its other end. */
    String ask() throws IOException {
      byte[] request = "GET / HTTP/1.1\r\nHost: vip\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      for (String header = answers.readLine(); !header.isEmpty(); ) {
        header = answers.readLine();
      }
      return answers.readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Override
  public void close() {
    lab.close();
  }
}
