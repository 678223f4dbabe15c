package io.keepstream.node.cli;

import io.keepstream.node.control.ControlException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which running node a command is about. */
final class Control {
  private static final int NO_ANSWER = 1;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      defaultValue = "${env:KEEPSTREAM_LINK_DIR}",
      description =
          "The running node's socket or link directory"
              + " ($KEEPSTREAM_LINK_DIR, or the only one in /run/keepstream).")
  private Path socket;

  /** The socket that was named; null for the only node that runs. */
  Path socket() {
    return socket;
  }

  /** What is asked of a node; its socket is null for the only one that runs. */
  interface Exchange {
    String with(Path socket) throws ControlException, InterruptedException;
  }

  /** Prints the answer, or why there is none; returns the exit status. */
  int print(Exchange exchange, CommandLine command) throws InterruptedException {
    try {
      PrintWriter out = command.getOut();
      out.print(exchange.with(socket));
      out.flush();
      return 0;
    } catch (ControlException e) {
      command.getErr().println("keepstream: " + e.getMessage());
      command.getErr().flush();
      return NO_ANSWER;
    }
  }
}
