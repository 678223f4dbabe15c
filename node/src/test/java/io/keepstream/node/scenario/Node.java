package io.keepstream.node.scenario;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.time.Duration;

/** A node of the tutorial, whichever program it runs. */
final class Node {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final LabHost host;
  private final Speaker speaker;
  private final String config;
  private LabProcess process;

  Node(LabHost host, Speaker speaker, String config) {
    this.host = host;
    this.speaker = speaker;
    this.config = config;
  }

  LabHost host() {
    return host;
  }

  LabProcess process() {
    return process;
  }

  /** Starts and waits until it listens; a JVM on a busy machine may take longer than a failover. */
  void start() {
    process = speaker.start(host, config);
    process.awaitLine("Entering (BACKUP|MASTER) STATE", LIMIT);
  }

  /** Replaces the configuration of ours and tells it to. */
  void reload(String next) {
    Speaker.rewrite(host, next);
    process.signal("HUP");
  }

  void stop() {
    process.stop();
  }

  void kill() {
    process.kill();
  }

  /** Whether the kernel of this node has the address now. */
  boolean has(String address) {
    return host.run("ip", "-o", "addr", "show", "to", address).text().contains(address);
  }
}
