package io.keepstream.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.keepstream.node.control.ControlClient;
import io.keepstream.node.control.ControlException;
import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.Status;
import io.keepstream.node.report.StatusText;
import io.keepstream.runtime.ContractJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keepstream status}: how the running node stands; its exit status makes it a probe. */
@Command(
    name = "status",
    description = {
      "Show how the running node stands: instances, servers, trackers, sinks and services.",
      "Exits with 0 if all is well, 1 if something is wrong, 3 if no node answers."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  private static final int WRONG = 1;
  private static final int NO_ANSWER = 3;

  /** How the answer is written. */
  enum Form {
    TEXT,
    JSON,
    /** As keepalived.json, which is about instances only. */
    KEEPALIVED
  }

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, json, or keepalived for its keepalived.json (text).")
  private Form form = Form.TEXT;

  @Mixin private Control control;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    try {
      String answer = ControlClient.ask(control.socket(), Question.of(What.STATUS));
      NodeReport report = ContractJson.mapper().readValue(answer, NodeReport.class);
      Status status = Status.of(report);
      PrintWriter out = spec.commandLine().getOut();
      out.print(text(report, status));
      out.flush();
      return status.problems().isEmpty() ? 0 : WRONG;
    } catch (ControlException e) {
      spec.commandLine().getErr().println("keepstream: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return NO_ANSWER;
    }
  }

  private String text(NodeReport report, Status status)
      throws ControlException, InterruptedException, JsonProcessingException {
    ObjectMapper mapper = ContractJson.mapper();
    return switch (form) {
      case TEXT -> StatusText.of(report);
      case JSON -> mapper.writerWithDefaultPrettyPrinter().writeValueAsString(status) + "\n";
      case KEEPALIVED -> ControlClient.ask(control.socket(), new Question(What.JSON, "1")) + "\n";
    };
  }
}
