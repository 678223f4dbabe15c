package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.Section;
import io.keepstream.runtime.script.Accounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads who asked to be told. Values that cannot be read count as not given; the vocabulary check
 * has reported them.
 */
public final class NotifierConfigReader {
  private NotifierConfigReader() {}

  /**
   * What was read.
   *
   * @param config without whatever cannot work
   * @param diagnostics what is wrong
   */
  public record Result(NotifierConfig config, List<Diagnostic> diagnostics) {
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** Reads {@code document} for a machine with these {@code accounts}. */
  public static Result read(Document document, Accounts accounts) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    Section root = document.root();
    ScriptReader scripts = new ScriptReader(root, accounts, diagnostics);
    TargetReader targets = new TargetReader(diagnostics);
    NotifierConfig config =
        new NotifierConfig(
            new ScriptsReader(root, scripts).read(),
            new FifosReader(root, scripts).read(),
            targets.webhooks(root),
            targets.eventStream(root));
    return new Result(config, diagnostics);
  }
}
