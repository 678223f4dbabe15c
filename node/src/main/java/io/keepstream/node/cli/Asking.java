package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import io.keepstream.node.control.ControlClient;
import io.keepstream.node.control.ControlException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all commands share that ask a running node. */
final class Asking {
  private static final int NO_ANSWER = 1;

  /** How an answer is written. */
  enum Form {
    TEXT,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json (text).")
  private Form form = Form.TEXT;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description =
          "The running node's socket or link directory (the only one in /run/keepstream).")
  private Path control;

  boolean json() {
    return form == Form.JSON;
  }

  /** Prints the answer, or why there is none. */
  int print(Question question, CommandLine command) throws InterruptedException {
    return print(control, question, command);
  }

  /** Prints what the node that listens on {@code control} answers, or why it does not. */
  static int print(Path control, Request request, CommandLine command) throws InterruptedException {
    try {
      PrintWriter out = command.getOut();
      out.print(ControlClient.ask(control, request));
      out.flush();
      return 0;
    } catch (ControlException e) {
      command.getErr().println("keepstream: " + e.getMessage());
      command.getErr().flush();
      return NO_ANSWER;
    }
  }
}
