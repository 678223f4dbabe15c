package io.keepstream.node;

import io.keepstream.node.cli.CheckCommand;
import io.keepstream.node.cli.DeliveriesCommand;
import io.keepstream.node.cli.DigestCommand;
import io.keepstream.node.cli.DoctorCommand;
import io.keepstream.node.cli.DocumentCommand;
import io.keepstream.node.cli.DrainCommand;
import io.keepstream.node.cli.EventsCommand;
import io.keepstream.node.cli.ExplainCommand;
import io.keepstream.node.cli.ReloadCommand;
import io.keepstream.node.cli.RunCommand;
import io.keepstream.node.cli.ServerCommand;
import io.keepstream.node.cli.StatusCommand;
import io.keepstream.node.cli.StopCommand;
import io.keepstream.node.cli.TrainCommand;
import io.keepstream.node.cli.UndrainCommand;
import io.keepstream.node.cli.WebhookCommand;
import io.keepstream.node.cli.WeightCommand;
import io.keepstream.node.demo.DemoCommand;
import io.keepstream.node.log.Logging;
import io.keepstream.node.run.KeepalivedSignal;
import io.keepstream.node.run.Preparation;
import io.keepstream.node.run.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code keepstream}. */
@Command(
    name = "keepstream",
    description = "VRRP failover, health checks and IPVS from keepalived.conf, as events.",
    versionProvider = Main.Versions.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final List<Class<?>> SUBCOMMANDS =
      List.of(
          CheckCommand.class,
          StatusCommand.class,
          ExplainCommand.class,
          EventsCommand.class,
          DeliveriesCommand.class,
          ReloadCommand.class,
          StopCommand.class,
          DrainCommand.class,
          UndrainCommand.class,
          WeightCommand.class,
          ServerCommand.class,
          DoctorCommand.class,
          DigestCommand.class,
          WebhookCommand.class,
          DemoCommand.class,
          TrainCommand.class,
          DocumentCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--signum",
      paramLabel = "NAME",
      description =
          "Print the number of a signal of keepalived's: RELOAD, STOP, DATA, STATS, STATS_CLEAR,"
              + " JSON.")
  private KeepalivedSignal signal;

  private Main() {}

  @Override
  public void run() {
    if (signal == null) {
      throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
    spec.commandLine().getOut().println(signal.number());
    spec.commandLine().getOut().flush();
  }

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    Logging.silence();
    if (isRun(arguments)) {
      Preparation.begin();
    }
    System.exit(commandLine(arguments).execute(arguments));
  }

  private static boolean isRun(String... arguments) {
    return arguments.length > 0 && arguments[0].equals(RunCommand.NAME);
  }

  /**
   * The command line with all its sub-commands, or with the one that the first of {@code arguments}
   * names, unless that is about all of them: to understand all takes longer than to start a node.
   */
  static CommandLine commandLine(String... arguments) {
    if (isRun(arguments)) {
      CommandSpec only = CommandSpec.create().name("keepstream");
      return new CommandLine(only).addSubcommand(RunCommand.commandLine());
    }
    CommandLine line = new CommandLine(new Main());
    List<Class<?>> named =
        SUBCOMMANDS.stream()
            .filter(each -> each != DocumentCommand.class && each != TrainCommand.class)
            .filter(each -> arguments.length > 0 && name(each).equals(arguments[0]))
            .toList();
    if (named.isEmpty()) {
      line.addSubcommand(RunCommand.commandLine());
    }
    (named.isEmpty() ? SUBCOMMANDS : named).forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** The version as {@code --version} prints it. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"keepstream " + Version.text()};
    }
  }
}
