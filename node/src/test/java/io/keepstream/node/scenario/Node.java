package io.keepstream.node.scenario;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;

/** A node of the tutorial, whichever program it runs. */
final class Node {
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

  void start() {
    process = speaker.start(host, config);
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
