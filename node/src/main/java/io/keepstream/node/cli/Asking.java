package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.node.control.ControlClient;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands share that ask a running node. */
final class Asking {

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

  @Mixin private Control control;

  boolean json() {
    return form == Form.JSON;
  }

  /** Prints the answer, or why there is none. */
  int print(Question question, CommandLine command) throws InterruptedException {
    return control.print(socket -> ControlClient.ask(socket, question), command);
  }
}
