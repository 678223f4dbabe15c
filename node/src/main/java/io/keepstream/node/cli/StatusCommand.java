package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keepstream status}: all instances of the running node. */
@Command(
    name = "status",
    description = "Show all instances of the running node.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Asking asking;

  @Override
  public Integer call() throws InterruptedException {
    What what = asking.json() ? What.STATUS_JSON : What.STATUS;
    return asking.print(Question.of(what), spec.commandLine());
  }
}
