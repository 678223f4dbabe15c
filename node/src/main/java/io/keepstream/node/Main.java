package io.keepstream.node;

import io.keepstream.node.cli.CheckCommand;
import io.keepstream.node.cli.DocumentCommand;
import io.keepstream.node.cli.RunCommand;
import io.keepstream.node.cli.TrainCommand;
import io.keepstream.node.demo.DemoCommand;
import io.keepstream.node.run.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program {@code keepstream}. */
@Command(
    name = "keepstream",
    description = "VRRP failover, health checks and IPVS from keepalived.conf, as events.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      DemoCommand.class,
      TrainCommand.class,
      DocumentCommand.class
    },
    versionProvider = Main.Versions.class,
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
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The version as {@code --version} prints it. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"keepstream " + Version.text()};
    }
  }
}
