package io.keepstream.node.cli;

import io.keepstream.contract.Instruction;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream drain}: real servers get no new connections. */
@Command(
    name = "drain",
    description = {
      "Give real servers no new connections, until undrain; those they have go on.",
      "With --until-empty they leave the table when no connection is left, with --max after that"
          + " time, which cuts what is left."
    },
    mixinStandardHelpOptions = true)
public final class DrainCommand implements Callable<Integer> {
  /** How the commands describe what they act on. */
  static final String TARGET =
      "A real server, 192.168.10.114:80; in one virtual server alone,"
          + " 172.32.10.18:80/192.168.10.114:80; or a virtual server, for all of it.";

  /** The same where the whole node may be meant. */
  static final String TARGET_OR_NODE =
      TARGET + " 'node' is all of this node, and what comes to it later.";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVER|VIP|node", description = TARGET_OR_NODE)
  private String target;

  @Option(names = "--until-empty", description = "Leave the table when no connection is left.")
  private boolean untilEmpty;

  @Option(
      names = "--max",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Leave the table after this time, as in 90s, 5m or 2h, whatever is left.")
  private Duration max;

  @Mixin private Instructing instructing;

  @Override
  public Integer call() throws InterruptedException {
    Long maxMillis = max == null ? null : max.toMillis();
    return instructing.give(
        new Instruction.Act.Drain(target, untilEmpty, maxMillis), spec.commandLine());
  }
}
