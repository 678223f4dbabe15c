package io.keepstream.node.run;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.ConfigSource;
import io.keepstream.config.language.SystemSource;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.config.HealthConfigReader;
import io.keepstream.health.edge.ThisMachine;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.LvsConfigReader;
import io.keepstream.node.http.HttpConfig;
import io.keepstream.notifier.config.JournalReader;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.NotifierConfigReader;
import io.keepstream.runtime.script.SystemAccounts;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A configuration file as all services understand it.
 *
 * @param name the node's name: {@code router_id}, else the host name
 * @param http where it is asked over HTTP; none for nowhere
 * @param process what concerns the process as a whole
 * @param diagnostics all that is to be said about the file, in its order
 */
public record NodeConfig(
    String name,
    ElectionConfig election,
    HealthConfig health,
    LvsConfig lvs,
    NotifierConfig notifier,
    Optional<HttpConfig> http,
    ProcessConfig process,
    List<Diagnostic> diagnostics) {
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
    Consumer<Diagnostic> problems = diagnostics::add;
    ElectionConfig election =
        ElectionConfigReader.read(root, NodeConfig::interfaceExists, problems);
    HealthConfig health = HealthConfigReader.read(root, new ThisMachine(), problems);
    LvsConfig lvs = LvsConfigReader.read(root, problems);
    NotifierConfig notifier =
        NotifierConfigReader.read(root, new SystemAccounts(), problems)
            .withJournal(JournalReader.read(root, StateDirectory.ofThisProcess(), problems));
    ProcessConfig process = ProcessConfig.read(root, new SystemAccounts(), problems);
    return new NodeConfig(
        name, election, health, lvs, notifier, HttpConfig.read(root), process, diagnostics);
  }

  /** The same, asked over HTTP at {@code place}, whatever the file says. */
  public NodeConfig askedAt(HttpConfig place) {
    return new NodeConfig(
        name, election, health, lvs, notifier, Optional.of(place), process, diagnostics);
  }

  /** Only what elects: no real servers and no IPVS. Trackers stay, because they are elected by. */
  public NodeConfig withoutBalancing() {
    return new NodeConfig(
        name,
        election,
        health.withoutBackends(),
        LvsConfig.NOTHING,
        notifier,
        http,
        process,
        diagnostics);
  }

  /** Only what balances: no VRRP, and no trackers for it. */
  public NodeConfig withoutElection() {
    return new NodeConfig(
        name,
        ElectionConfig.NOTHING,
        health.withoutTrackers(),
        lvs,
        notifier,
        http,
        process,
        diagnostics);
  }

  private static boolean interfaceExists(String name) {
    try {
      return NetworkInterface.getByName(name) != null;
    } catch (SocketException e) {
      return true; // nobody can tell, so nobody is warned
    }
  }

  /** Whether it must not be used. */
  public boolean refused() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
