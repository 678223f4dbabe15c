package io.keepstream.node;

import io.keepstream.node.cli.CheckCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code keepstream}. */
@Command(
    name = "keepstream",
    description = "VRRP failover, health checks and IPVS from keepalived.conf.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with all its sub-commands. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).addSubcommand(new CheckCommand(List.of()));
  }
}
