package io.keepstream.node.cli;

import io.keepstream.contract.Order;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all commands share that tell a running node to do something. */
final class Ordering {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for all who see the override.")
  private String reason;

  @Option(
      names = "--force",
      description = "Even where it leaves a virtual server without a server or its quorum.")
  private boolean force;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description = "The running node's socket (the only one in /run/keepstream).")
  private Path control;

  /** Gives the order, and prints what came of it. */
  int give(Order.Act act, CommandLine command) throws InterruptedException {
    return Asking.print(control, new Order(owner(), reason, force, act), command);
  }

  /** The person behind sudo, where there is one. */
  private static String owner() {
    String behind = System.getenv("SUDO_USER");
    return behind == null || behind.isEmpty() ? System.getProperty("user.name") : behind;
  }
}
