package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.keepstream.node.control.ControlClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keepstream reload}: all services take a new configuration, or none. */
@Command(
    name = "reload",
    description =
        "Have the whole node go over to its configuration file as it is now, or none of it.",
    mixinStandardHelpOptions = true)
public final class ReloadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Control control;

  @Override
  public Integer call() throws InterruptedException {
    return control.print(
        socket -> ControlClient.ask(socket, Question.of(What.RELOAD)), spec.commandLine());
  }
}
