package io.keepstream.node.cli;

import io.keepstream.node.document.EventDocuments;
import io.keepstream.node.document.ManualPage;
import io.keepstream.node.run.Manual;
import io.keepstream.node.run.Version;
import io.keepstream.node.run.Words;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code keepstream document}: prints {@code docs/configuration.md}, or writes the event documents,
 * or what packages tell of the command line.
 */
@Command(
    name = "document",
    hidden = true,
    description = "Prints the manual of all configuration words.",
    mixinStandardHelpOptions = true)
public final class DocumentCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "FOLDER",
      description = "Write events.md, asyncapi.json and schema/ into this folder instead.")
  private Path events;

  @Option(
      names = "--program",
      paramLabel = "FOLDER",
      description = "Write the manual page keepstream.1 and keepstream.bash, for completion.")
  private Path program;

  @Override
  public Integer call() throws IOException {
    if (events != null) {
      writeEvents();
    }
    if (program != null) {
      writeProgram();
    }
    if (events == null && program == null) {
      spec.commandLine().getOut().print(Manual.page(Words.all()));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private void writeProgram() throws IOException {
    CommandSpec whole = spec.root();
    Files.writeString(program.resolve("keepstream.1"), ManualPage.of(whole, Version.text()));
    Files.writeString(
        program.resolve("keepstream.bash"), AutoComplete.bash(whole.name(), whole.commandLine()));
  }

  /** Schemas of what is no longer there go. */
  private void writeEvents() throws IOException {
    Path schemas = Files.createDirectories(events.resolve(EventDocuments.SCHEMA_FOLDER));
    try (DirectoryStream<Path> old = Files.newDirectoryStream(schemas, "*.json")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> file : EventDocuments.all().entrySet()) {
      Files.writeString(events.resolve(file.getKey()), file.getValue());
    }
  }
}
