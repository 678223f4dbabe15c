package io.keepstream.node.run;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.ConfigSource;
import io.keepstream.config.language.SystemSource;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.ElectionConfigReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration file as all services understand it.
 *
 * @param name the node's name: {@code router_id}, else the host name
 * @param diagnostics all that is to be said about the file, in its order
 */
public record NodeConfig(String name, ElectionConfig election, List<Diagnostic> diagnostics) {
  public NodeConfig {
    diagnostics = diagnostics.stream().sorted(Diagnostic.ORDER).toList();
  }

  /** Reads {@code file} with everything it includes; whatever is wrong is in the diagnostics. */
  public static NodeConfig read(String file, ConfigSource source) {
    Document document = ConfigReader.read(file, source);
    List<Diagnostic> diagnostics = new ArrayList<>(document.diagnostics());
    diagnostics.addAll(Words.all().check(document));
    Section root = document.root();
    String name =
        root.blocks("global_defs").stream()
            .flatMap(block -> block.text("router_id").stream())
            .reduce((first, last) -> last)
            .orElseGet(SystemSource::nodeName);
    return new NodeConfig(name, ElectionConfigReader.read(root, diagnostics::add), diagnostics);
  }

  /** Whether it must not be used. */
  public boolean refused() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
