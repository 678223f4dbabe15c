package io.keepstream.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keepstream.config.Diagnostic;
import io.keepstream.config.language.SystemSource;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.node.doctor.Doctor;
import io.keepstream.node.doctor.FactsReader;
import io.keepstream.node.doctor.Finding;
import io.keepstream.node.doctor.Finding.Level;
import io.keepstream.node.doctor.Needs;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keepstream doctor}: whether this machine has what a configuration needs. */
@Command(
    name = "doctor",
    description = {
      "Look whether this machine has what the configuration needs; changes nothing.",
      "Exits with 0 if nothing fails, else 1."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private static final int FAILS = 1;

  /** How findings are written. */
  enum Form {
    TEXT,
    JSON
  }

  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--use-file"},
      paramLabel = "FILE",
      defaultValue = CheckCommand.DEFAULT_FILE,
      description = "Configuration file (${DEFAULT-VALUE}).")
  private String file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json (text).")
  private Form form = Form.TEXT;

  @Option(
      names = "--listen",
      paramLabel = "SECONDS",
      description = "Listen so long for others with the same VRIDs (0, not at all).")
  private int listenSeconds;

  @Override
  public Integer call() throws IOException, ErrnoException, InterruptedException {
    NodeConfig config = NodeConfig.read(file, SystemSource.ofThisMachine());
    Needs needs = Needs.of(config);
    List<Finding> findings = new ArrayList<>();
    findings.add(configuration(config));
    findings.addAll(
        Doctor.examine(needs, FactsReader.read(needs, Duration.ofSeconds(listenSeconds))));
    print(findings);
    return findings.stream().anyMatch(each -> each.level() == Level.FAIL) ? FAILS : 0;
  }

  private Finding configuration(NodeConfig config) {
    long errors = config.diagnostics().stream().filter(Diagnostic::isError).count();
    return errors == 0
        ? new Finding(Level.OK, "configuration", file + " has no errors", null)
        : new Finding(
            Level.FAIL,
            "configuration",
            "%s has %d error(s)".formatted(file, errors),
            "keepstream check -f " + file);
  }

  private void print(List<Finding> findings) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    switch (form) {
      case TEXT -> findings.forEach(each -> out.print(each.text()));
      case JSON ->
          out.println(
              ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
    }
    out.flush();
  }
}
