package io.keepstream.node.cli;

import io.keepstream.contract.Instruction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream undrain}: drained real servers get connections again. */
@Command(
    name = "undrain",
    description = "Give drained real servers connections again.",
    mixinStandardHelpOptions = true)
public final class UndrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVER|VIP|node", description = DrainCommand.TARGET_OR_NODE)
  private String target;

  @Mixin private Instructing instructing;

  @Override
  public Integer call() throws InterruptedException {
    return instructing.give(new Instruction.Act.Undrain(target), spec.commandLine());
  }
}
