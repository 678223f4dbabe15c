package io.keepstream.node.cli;

import io.keepstream.contract.Instruction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream server}: adds and removes real servers while the node runs. */
@Command(
    name = "server",
    description = "Add or remove a real server.",
    subcommands = {ServerCommand.Add.class, ServerCommand.Remove.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ServerCommand implements Callable<Integer> {
  private static final String VIRTUAL_SERVER = "The virtual server, as in 172.32.10.18:80.";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return spec.commandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  /** {@code keepstream server add}. */
  @Command(
      name = "add",
      description = {
        "Add a real server, until the configuration file has it too; or bring back one that was"
            + " removed.",
        "It is reached as the first of its virtual server is. Nothing checks it: it counts as up."
      },
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "VIP", description = VIRTUAL_SERVER)
    private String virtualServer;

    @Parameters(index = "1", paramLabel = "SERVER", description = "As in 192.168.10.115:80.")
    private String server;

    @Option(
        names = "--weight",
        paramLabel = "N",
        defaultValue = "1",
        description = "Its weight (${DEFAULT-VALUE}).")
    private int weight;

    @Mixin private Instructing instructing;

    @Override
    public Integer call() throws InterruptedException {
      return instructing.give(
          new Instruction.Act.Add(virtualServer, server, weight), spec.commandLine());
    }
  }

  /** {@code keepstream server remove}. */
  @Command(
      name = "remove",
      description = {
        "Remove a real server at once, which cuts its connections; drain it to spare them."
      },
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "VIP", description = VIRTUAL_SERVER)
    private String virtualServer;

    @Parameters(index = "1", paramLabel = "SERVER", description = "As in 192.168.10.114:80.")
    private String server;

    @Mixin private Instructing instructing;

    @Override
    public Integer call() throws InterruptedException {
      return instructing.give(
          new Instruction.Act.Remove(virtualServer, server), spec.commandLine());
    }
  }
}
