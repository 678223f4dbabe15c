package io.keepstream.node;

import io.keepstream.node.cli.RunCommand;
import io.keepstream.node.run.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code keepstream} program. */
@Command(
    name = "keepstream",
    description = "keepalived's whole job, with every state change streamed.",
    subcommands = {RunCommand.class},
    versionProvider = Main.Versions.class,
    mixinStandardHelpOptions = true)
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  /** The version as {@code --version} prints it. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"keepstream " + Version.text()};
    }
  }
}
