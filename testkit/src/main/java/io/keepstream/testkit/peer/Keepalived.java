package io.keepstream.testkit.peer;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's keepalived in the foreground, running in a host with its files in the lab's folder. */
public final class Keepalived implements AutoCloseable {
  private static final Duration RELOADED = Duration.ofSeconds(5);

  private final Path config;
  private final LabProcess process;

  /** Which of keepalived's processes run. */
  public enum Part {
    ALL,
    VRRP,
    CHECKERS
  }

  private Keepalived(Path config, LabProcess process) {
    this.config = config;
    this.process = process;
  }

  /**
   * Starts keepalived.
   *
   * @param config the text of keepalived.conf
   * @param flags more command line words
   */
  public static Keepalived start(LabHost host, Part part, String config, String... flags) {
    return start(host, List.of(), part, config, flags);
  }

  /** Starts it with an IPVS that forgets everything, for its checkers; needs {@code cc}. */
  public static Keepalived startWithoutIpvs(LabHost host, Part part, String config) {
    String preload = "LD_PRELOAD=" + IpvsStandIn.in(host.lab());
    return start(host, List.of("env", preload), part, config);
  }

  private static Keepalived start(
      LabHost host, List<String> before, Part part, String config, String... flags) {
    try {
      Path files = Files.createTempDirectory(host.lab().directory(), "keepalived-");
      Path file = Files.writeString(files.resolve("keepalived.conf"), config);
      List<String> command = new ArrayList<>(before);
      command.addAll(List.of("keepalived", "-n", "-l", "-D", "-G", "-f", file.toString()));
      command.addAll(List.of("-p", files + "/main.pid", "-r", files + "/vrrp.pid"));
      command.addAll(List.of("-c", files + "/checkers.pid", "-b", files + "/bfd.pid"));
      switch (part) {
        case ALL -> {}
        case VRRP -> command.add("-P");
        case CHECKERS -> command.add("-C");
      }
      command.addAll(List.of(flags));
      return new Keepalived(file, host.start(command.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The running program; its lines are keepalived's log. */
  public LabProcess process() {
    return process;
  }

  /** Waits for a line of the log. */
  public String awaitLog(String regex, Duration limit) {
    return process.awaitLine(regex, limit);
  }

  /** Replaces the configuration and waits until keepalived says that it reloads. */
  public void reload(String newConfig) {
    try {
      Files.writeString(config, newConfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int before = process.lines().size();
    process.signal("HUP");
    process.awaitLine("Reloading", before, RELOADED);
  }

  /** Ends it politely: adverts of priority 0, addresses removed. */
  public void stop() {
    process.stop();
  }

  /** Ends it at once: nothing is sent, and its addresses stay. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    kill();
  }
}
