package io.keepstream.node.run;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.runtime.script.Accounts;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What concerns the process as a whole.
 *
 * @param instance its name among several on one machine; a reload cannot change it
 * @param dumps where keepalived's dumps go
 * @param scheduling how the kernel treats the process
 * @param scripts what is run before and after everything else
 */
public record ProcessConfig(
    Optional<String> instance, DumpFiles dumps, Scheduling scheduling, LifeScripts scripts) {

  static ProcessConfig read(Section root, Accounts accounts, Consumer<Diagnostic> problems) {
    return new ProcessConfig(
        root.text("instance"),
        DumpFiles.read(root, DumpFiles.temporaryDirectory(System.getenv("TMPDIR"))),
        Scheduling.read(root),
        LifeScripts.read(root, accounts, problems));
  }

  /** What keeps a running process with this configuration from going over to {@code next}. */
  public Optional<String> obstacleTo(ProcessConfig next) {
    return instance.equals(next.instance)
        ? Optional.empty()
        : Optional.of(
            "the instance cannot change in a reload: it is %s, and the file says %s"
                .formatted(instance.orElse("without name"), next.instance.orElse("nothing")));
  }
}
