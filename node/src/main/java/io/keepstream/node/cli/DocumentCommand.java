package io.keepstream.node.cli;

import io.keepstream.node.run.Manual;
import io.keepstream.node.run.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keepstream document}: prints {@code docs/configuration.md}. */
@Command(
    name = "document",
    hidden = true,
    description = "Prints the manual of all configuration words.",
    mixinStandardHelpOptions = true)
public final class DocumentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(Manual.page(Words.all()));
    spec.commandLine().getOut().flush();
  }
}
