package io.keepstream.node.cli;

import io.keepstream.contract.Instruction;
import io.keepstream.node.control.ControlClient;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands share that tell a running node to do something. */
final class Instructing {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for all who see the override.")
  private String reason;

  @Option(
      names = "--force",
      description = "Even where it leaves a virtual server without a server or its quorum.")
  private boolean force;

  @Mixin private Control control;

  /** Gives the instruction, and prints what came of it. */
  int give(Instruction.Act act, CommandLine command) throws InterruptedException {
    return control.print(
        socket -> ControlClient.ask(socket, new Instruction(owner(), reason, force, act)), command);
  }

  /** The person behind sudo, where there is one. */
  private static String owner() {
    String behind = System.getenv("SUDO_USER");
    return behind == null || behind.isEmpty() ? System.getProperty("user.name") : behind;
  }
}
