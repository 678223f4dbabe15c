package io.keepstream.testkit.peer;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Debian's FRRouting in the foreground: vrrpd, and zebra that tells it of interfaces. */
public final class Frr implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final LabProcess zebra;
  private final LabProcess vrrpd;

  private Frr(LabProcess zebra, LabProcess vrrpd) {
    this.zebra = zebra;
    this.vrrpd = vrrpd;
  }

  /**
   * Starts one virtual router on {@code eth0}; vrrpd wants a macvlan with its MAC and addresses.
   *
   * @param words what follows {@code vrrp VRID} in vrrpd's configuration, one item per line
   */
  public static Frr start(LabHost host, int vrid, String vip, List<String> words) {
    boolean ipv6 = vip.contains(":");
    String mac = "00:00:5e:00:0%d:%02x".formatted(ipv6 ? 2 : 1, vrid);
    if (host.run("ip", "link", "show", "frr").status() != 0) {
      host.ip(
          "link add frr link eth0 type macvlan mode bridge",
          "link set frr addrgenmode random address " + mac,
          "addr add " + vip + (ipv6 ? "/64 dev frr nodad" : "/24 dev frr"),
          "link set frr up");
    }
    StringBuilder config = new StringBuilder("log stdout\ndebug vrrp protocol\ninterface eth0\n");
    words.forEach(line -> config.append(" vrrp %d %s\n".formatted(vrid, line)));
    config.append(" vrrp %d %s %s\n".formatted(vrid, ipv6 ? "ipv6" : "ip", vip));
    try {
      // It gives up root, and has to reach its sockets all the same.
      Path lab = host.lab().directory();
      Files.setPosixFilePermissions(lab, PosixFilePermissions.fromString("rwx--x--x"));
      Path files = Files.createTempDirectory(lab, "frr-");
      Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
      Path file = Files.writeString(files.resolve("vrrpd.conf"), config);
      LabProcess zebra = daemon(host, files, "zebra", "/dev/null");
      zebra.awaitLine("zebra .* starting", LIMIT);
      return new Frr(zebra, daemon(host, files, "vrrpd", file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabProcess daemon(LabHost host, Path files, String name, String config) {
    String pid = files + "/" + name + ".pid";
    String socket = files + "/zebra.socket";
    return host.start(
        "/usr/lib/frr/" + name,
        "-z",
        socket,
        "--vty_socket",
        files.toString(),
        "-i",
        pid,
        "-P",
        "0",
        "--log",
        "stdout",
        "-f",
        config);
  }

  /** Whether vrrpd has said last that it is Master. */
  public boolean isMaster() {
    return vrrpd.lines().stream()
        .filter(line -> line.contains(" -> "))
        .reduce((_, last) -> last)
        .filter(last -> last.contains("-> Master"))
        .isPresent();
  }

  /** Ends it politely, with an advert of priority 0. */
  public void stop() {
    vrrpd.stop();
    zebra.stop();
  }

  @Override
  public void close() {
    vrrpd.kill();
    zebra.kill();
  }
}
