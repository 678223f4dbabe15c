package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration as read, with what was said about it.
 *
 * @param problems diagnostics as the user sees them, {@code node.conf:line:column: ...}
 */
record Reading(ElectionConfig config, List<String> problems) {
  static Reading of(String text) {
    Document document = ConfigReader.read("node.conf", new TextSource("node.conf", text));
    List<String> problems = new ArrayList<>();
    document.diagnostics().forEach(problem -> problems.add(problem.toString()));
    ElectionConfig config =
        ElectionConfigReader.read(
            document.root(), any -> true, (Diagnostic problem) -> problems.add(problem.toString()));
    return new Reading(config, problems);
  }

  /** The text of one instance with an IPv4 address and these words, which begin at line 4. */
  static Reading ofInstance(String words) {
    return of(
        """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
        %s
          virtual_ipaddress {
            10.0.0.100
          }
        }
        """
            .formatted(words));
  }

  InstanceConfig instance() {
    return config.instances().getFirst();
  }
}
