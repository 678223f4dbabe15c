package io.keepstream.testkit.peer;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One daemon of Debian's FRRouting in the foreground, and zebra that tells it of interfaces. */
public final class Frr implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final LabProcess zebra;
  private final LabProcess daemon;

  private Frr(LabProcess zebra, LabProcess daemon) {
    this.zebra = zebra;
    this.daemon = daemon;
  }

  /**
   * Starts one virtual router on {@code eth0}; vrrpd wants a macvlan with its MAC and addresses.
   *
   * @param words what follows {@code vrrp VRID} in vrrpd's configuration, one item per line
   */
  public static Frr vrrp(LabHost host, int vrid, String vip, List<String> words) {
    boolean ipv6 = vip.contains(":");
    String mac = "00:00:5e:00:0%d:%02x".formatted(ipv6 ? 2 : 1, vrid);
    host.ip(
        "link add frr link eth0 type macvlan mode bridge",
        "link set frr addrgenmode random address " + mac,
        "addr add " + vip + (ipv6 ? "/64 dev frr nodad" : "/24 dev frr"),
        "link set frr up");
    StringBuilder config = new StringBuilder("debug vrrp protocol\ninterface eth0\n");
    words.forEach(line -> config.append(" vrrp %d %s\n".formatted(vrid, line)));
    config.append(" vrrp %d %s %s\n".formatted(vrid, ipv6 ? "ipv6" : "ip", vip));
    return start(host, "vrrpd", config.toString());
  }

  /**
   * Starts one multihop BFD session.
   *
   * @param words of the session in bfdd's configuration, one item per line
   */
  public static Frr multihop(LabHost host, String us, String them, List<String> words) {
    StringBuilder config = new StringBuilder("debug bfd peer\nbfd\n");
    config.append(" peer %s multihop local-address %s\n".formatted(them, us));
    words.forEach(line -> config.append("  ").append(line).append('\n'));
    return start(host, "bfdd", config.toString());
  }

  private static Frr start(LabHost host, String name, String config) {
    try {
      // It gives up root, and has to reach its sockets all the same.
      Path lab = host.lab().directory();
      Files.setPosixFilePermissions(lab, PosixFilePermissions.fromString("rwx--x--x"));
      Path files = Files.createTempDirectory(lab, "frr-");
      Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
      Path file = Files.writeString(files.resolve("frr.conf"), "log stdout\n" + config);
      LabProcess zebra = daemon(host, files, "zebra", Path.of("/dev/null"));
      zebra.awaitLine("zebra .* starting", LIMIT);
      return new Frr(zebra, daemon(host, files, name, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabProcess daemon(LabHost host, Path files, String name, Path config) {
    List<String> command = new ArrayList<>(List.of("/usr/lib/frr/" + name, "--log", "stdout"));
    command.addAll(List.of("-f", config.toString(), "-z", files + "/zebra.socket"));
    command.addAll(List.of("--vty_socket", files.toString(), "-P", "0"));
    command.addAll(List.of("-i", files + "/" + name + ".pid"));
    if (name.equals("bfdd")) {
      command.addAll(List.of("--bfdctl", files + "/bfdd.socket"));
    }
    return host.start(command.toArray(String[]::new));
  }

  /** The daemon; its lines are its log. */
  public LabProcess process() {
    return daemon;
  }

  /** Whether vrrpd has said last that it is Master. */
  public boolean isMaster() {
    return daemon.lines().stream()
        .filter(line -> line.contains(" -> "))
        .reduce((_, last) -> last)
        .filter(last -> last.contains("-> Master"))
        .isPresent();
  }

  /** Ends it politely; vrrpd sends an advert of priority 0. */
  public void stop() {
    daemon.stop();
    zebra.stop();
  }

  @Override
  public void close() {
    daemon.kill();
    zebra.kill();
  }
}
