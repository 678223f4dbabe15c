package io.keepstream.node.cli;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Severity;
import io.keepstream.config.language.SystemSource;
import io.keepstream.node.run.NodeConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keepstream check}: tells everything that is wrong with a configuration at once. */
@Command(
    name = "check",
    description = "Tests a configuration; exits like keepalived -t.",
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  /** The configuration that is read when no other is named, as picocli writes it. */
  public static final String DEFAULT_FILE =
      "${env:KEEPSTREAM_CONFIG:-/etc/keepalived/keepalived.conf}";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--use-file"},
      defaultValue = DEFAULT_FILE,
      description = "Configuration file (default: ${DEFAULT-VALUE}).")
  private String file;

  @Option(
      names = {"-i", "--config-id"},
      description = "Id that @id lines are kept for (default: the node name up to the first dot).")
  private String configurationId;

  @Override
  public Integer call() {
    String id = configurationId == null ? SystemSource.nodeName() : configurationId;
    List<Diagnostic> diagnostics =
        NodeConfig.read(file, new SystemSource(id, RandomGenerator.getDefault())).diagnostics();
    return report(file, diagnostics, spec.commandLine().getOut());
  }

  /** Prints all that is to be said about {@code file} and returns the exit status it means. */
  static int report(String file, List<Diagnostic> diagnostics, PrintWriter out) {
    diagnostics.forEach(out::println);
    out.println(file + ": " + summary(diagnostics));
    out.flush();
    return CheckStatus.of(diagnostics);
  }

  private static String summary(List<Diagnostic> diagnostics) {
    return "%s, %s, %s"
        .formatted(
            count(diagnostics, Severity.ERROR, "error"),
            count(diagnostics, Severity.WARNING, "warning"),
            count(diagnostics, Severity.NOTE, "note"));
  }

  private static String count(List<Diagnostic> diagnostics, Severity severity, String name) {
    long count = diagnostics.stream().filter(d -> d.severity() == severity).count();
    return count + " " + name + (count == 1 ? "" : "s");
  }
}
