package io.keepstream.node.cli;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.language.SystemSource;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.edge.WebhookTrial;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream webhook}: tries the webhooks of a configuration. */
@Command(
    name = "webhook",
    description = "Try a webhook.",
    subcommands = WebhookCommand.Test.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class WebhookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return spec.commandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  /** {@code keepstream webhook test NAME}. */
  @Command(
      name = "test",
      description = {
        "Send a test event to a webhook of the configuration, and show what it answers.",
        "Exits with 0 if it took the event, 1 if not, 2 if there is no such webhook."
      },
      mixinStandardHelpOptions = true)
  static final class Test implements Callable<Integer> {
    private static final int NOT_TAKEN = 1;
    private static final int UNKNOWN = 2;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The name of the block.")
    private String name;

    @Option(
        names = {"-f", "--use-file"},
        defaultValue = CheckCommand.DEFAULT_FILE,
        description = "Configuration file (default: ${DEFAULT-VALUE}).")
    private String file;

    @Override
    public Integer call() throws InterruptedException {
      NodeConfig config = NodeConfig.read(file, SystemSource.ofThisMachine());
      Optional<Webhook> webhook =
          config.notifier().webhooks().stream().filter(each -> each.name().equals(name)).findAny();
      return webhook.isPresent() ? test(config.name(), webhook.get()) : unknown(config);
    }

    private int test(String node, Webhook webhook) throws InterruptedException {
      WebhookTrial.Result result = WebhookTrial.run(node, webhook);
      PrintWriter out = spec.commandLine().getOut();
      result.lines().forEach(out::println);
      out.flush();
      return result.taken() ? 0 : NOT_TAKEN;
    }

    private int unknown(NodeConfig config) {
      PrintWriter err = spec.commandLine().getErr();
      config.diagnostics().stream().filter(Diagnostic::isError).forEach(err::println);
      String known =
          config.notifier().webhooks().stream()
              .map(Webhook::name)
              .collect(Collectors.joining(", "));
      err.println(
          "keepstream: no webhook `%s` in %s%s"
              .formatted(name, file, known.isEmpty() ? "" : ", but " + known));
      err.flush();
      return UNKNOWN;
    }
  }
}
