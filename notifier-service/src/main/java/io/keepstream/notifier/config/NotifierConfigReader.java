package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.runtime.script.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads who asked to be told. Values that cannot be read count as not given; the vocabulary check
 * has reported them.
 */
public final class NotifierConfigReader {
  private NotifierConfigReader() {}

  /**
   * Reads {@code root} for a machine with these {@code accounts}.
   *
   * @param problems takes what cannot work, which is left out
   */
  public static NotifierConfig read(
      Section root, Accounts accounts, Consumer<Diagnostic> problems) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    ScriptReader scripts = new ScriptReader(root, accounts, diagnostics);
    TargetReader targets = new TargetReader(diagnostics);
    NotifierConfig config =
        new NotifierConfig(
            new ScriptsReader(root, scripts).read(),
            new FifosReader(root, scripts).read(),
            targets.webhooks(root),
            targets.eventStream(root),
            new MailReader(root, diagnostics).read(),
            new NoiseReader(diagnostics).read(root),
            Optional.empty());
    diagnostics.forEach(problems);
    return config;
  }
}
