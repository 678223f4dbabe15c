package io.keepstream.node.cli;

import io.keepstream.node.control.ControlClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keepstream stop}: all processes of the node leave. */
@Command(
    name = "stop",
    description = "Have all processes of the node leave politely, and wait until they have.",
    mixinStandardHelpOptions = true)
public final class StopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Control control;

  @Override
  public Integer call() throws InterruptedException {
    return control.print(ControlClient::stop, spec.commandLine());
  }
}
