package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream explain}: why an instance of the running node is what it is. */
@Command(
    name = "explain",
    description = "Say why an instance is what it is, and what would change that.",
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The vrrp_instance, or a vrrp_sync_group.")
  private String name;

  @Mixin private Asking asking;

  @Override
  public Integer call() throws InterruptedException {
    What what = asking.json() ? What.EXPLAIN_JSON : What.EXPLAIN;
    return asking.print(new Question(what, name), spec.commandLine());
  }
}
