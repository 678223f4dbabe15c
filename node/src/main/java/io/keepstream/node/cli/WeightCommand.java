package io.keepstream.node.cli;

import io.keepstream.contract.Instruction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream weight}: real servers get another weight than the file gives them. */
@Command(
    name = "weight",
    description =
        "Give real servers another weight, until the configuration file gives them another one too.",
    mixinStandardHelpOptions = true)
public final class WeightCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SERVER|VIP", description = DrainCommand.TARGET)
  private String target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "N",
      description = "The weight, 0 to 2147483647.")
  private Integer weight;

  @Option(names = "--file", description = "Back to the weight of the file, instead of N.")
  private boolean file;

  @Mixin private Instructing instructing;

  @Override
  public Integer call() throws InterruptedException {
    if (file == (weight != null)) {
      throw new ParameterException(spec.commandLine(), "either N or --file is needed");
    }
    return instructing.give(
        file ? new Instruction.Act.FileWeight(target) : new Instruction.Act.Weight(target, weight),
        spec.commandLine());
  }
}
