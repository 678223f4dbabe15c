package io.keepstream.node.cli;

import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.Service;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.node.control.Claim;
import io.keepstream.node.control.ControlDirectory;
import io.keepstream.node.control.ControlException;
import io.keepstream.node.control.ControlServer;
import io.keepstream.node.control.LinkDirectory;
import io.keepstream.node.log.Logging;
import io.keepstream.node.run.Draft;
import io.keepstream.node.run.Dumps;
import io.keepstream.node.run.KeepalivedSignal;
import io.keepstream.node.run.LifeScripts;
import io.keepstream.node.run.Lifecycle;
import io.keepstream.node.run.Node;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.node.run.Signals;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code keepstream run}: the node in the foreground, until a signal ends it. */
public final class RunCommand implements Callable<Integer> {
  private static final int FATAL = 1;
  private static final int CONFIGURATION_UNUSABLE = 2;
  private static final long RELOAD_SECONDS = 10;
  private static final long STOP_SECONDS = 10;

  private static final String STATS_CLEAR = "RTMAX-1";
  private static final String JSON = "RTMIN+2";

  /** What is no signal, but comes the same way. */
  private static final String STOP = "stop";

  /** How it is called. */
  public static final String NAME = "run";

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private RunOptions options;

  private final boolean inTraining;

  private RunCommand(boolean inTraining) {
    this.inTraining = inTraining;
  }

  /** Its command line. */
  public static CommandLine commandLine() {
    return new RunCommand(false).toCommandLine();
  }

  /**
   * The same for a node that is none: it keeps nobody else out, and no service manager hears of it.
   */
  static CommandLine inTraining() {
    return new RunCommand(true).toCommandLine();
  }

  private CommandLine toCommandLine() {
    spec.name(NAME);
    spec.usageMessage()
        .description("Run the node in the foreground; HUP reloads, TERM and INT leave politely.");
    RunOptions.declare(spec);
    return new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    options = RunOptions.of(spec.commandLine().getParseResult());
    Draft started = read();
    NodeConfig config = started.config();
    if (options.testOnly()) {
      return CheckCommand.report(options.file(), config.diagnostics(), spec.commandLine().getOut());
    }
    config.diagnostics().forEach(System.err::println);
    if (config.refused()) {
      System.err.println("keepstream: nothing started, the configuration has errors");
      boolean none = config.diagnostics().stream().anyMatch(d -> d.kind() == Kind.NO_CONFIGURATION);
      return none ? CheckStatus.SECURITY : CONFIGURATION_UNUSABLE;
    }
    Signals signals = signals();
    Logging.start(options.log(), options.detailed());
    try (var _ = claim(Service.ELECTION, options.checkersOnly());
        var _ = claim(Service.LVS, options.vrrpOnly());
        LinkDirectory meeting = enter()) {
      writePid();
      Optional<Path> met = Optional.ofNullable(meeting).map(LinkDirectory::path);
      Path socket = options.control() == null ? usualControl(meeting) : options.control();
      run(config.process().scripts().startup());
      Node node = Node.start(options.file(), config, options.services(), met).await();
      live(node, started, socket, signals);
      run(node.process().scripts().shutdown());
      return 0;
    } catch (IOException | ControlException | RuntimeException e) {
      System.err.println("keepstream: " + e.getMessage());
      return FATAL;
    } finally {
      Logging.stop();
    }
  }

  /** Null where this process does not do it, or where nobody can be kept from doing it too. */
  private Claim claim(Service service, boolean leftOut) throws ControlException {
    if (inTraining || !options.services().contains(service) || (leftOut && options.halved())) {
      return null;
    }
    try {
      return Claim.inNamespace(service.label());
    } catch (IOException e) {
      log()
          .info(
              "nothing keeps a second {} from this network namespace: {}", service.label(), e + "");
      return null;
    }
  }

  /** Null when this process is the whole node. */
  private LinkDirectory enter() throws IOException, ControlException {
    if (options.only().isEmpty()) {
      return null;
    }
    Path directory =
        options.linkDirectory() == null ? LinkDirectory.usual() : options.linkDirectory();
    return LinkDirectory.enter(directory, options.services());
  }

  private Path usualControl(LinkDirectory meeting) {
    return meeting == null ? ControlDirectory.own() : meeting.control(options.services());
  }

  /**
   * As in keepalived, a script that fails is told and changes nothing. Of several processes the one
   * that elects runs it.
   */
  private void run(Optional<LifeScripts.Limited> asked) {
    if (asked.isEmpty() || !options.services().contains(Service.ELECTION)) {
      return;
    }
    LifeScripts.Limited script = asked.get();
    ScriptResult result = new ScriptRunner().run(script.command(), script.limit()).join();
    if (result.succeeded()) {
      log().info("{} {} has run", script.word(), script.command());
    } else {
      log().warn("{} {} failed: {}", script.word(), script.command(), result.describe());
    }
  }

  private static Signals signals() {
    return Signals.caught("HUP", "TERM", "INT", "USR1", "USR2")
        .realTime(KeepalivedSignal.STATS_CLEAR.number(), STATS_CLEAR)
        .realTime(KeepalivedSignal.JSON.number(), JSON);
  }

  /** A node that cannot be asked runs all the same. */
  private static ControlServer listen(Path socket, Lifecycle lifecycle) {
    try {
      return ControlServer.open(socket, lifecycle::answer);
    } catch (IOException | UnsupportedOperationException e) {
      log().info("explain and status cannot ask this node: {}", e.toString());
      return null;
    }
  }

  /** However this ends, the node has left politely; it can be asked until then. */
  private void live(Node node, Draft started, Path socket, Signals signals)
      throws InterruptedException {
    Lifecycle lifecycle = new Lifecycle(node, started, this::read, () -> signals.add(STOP));
    try (var _ = listen(socket, lifecycle)) {
      String reason = "it failed";
      try {
        supervise(node, inTraining ? Map.of() : System.getenv());
        reason = untilTheEnd(node, lifecycle, signals);
      } finally {
        stop(node, reason);
      }
    }
  }

  private static void supervise(Node node, Map<String, String> environment) {
    try {
      node.supervise(environment);
    } catch (ErrnoException e) {
      log().warn("The service manager is told nothing: {}", e.getMessage());
    }
  }

  /** Does what signals ask for until one asks to leave; says why. */
  private static String untilTheEnd(Node node, Lifecycle lifecycle, Signals signals)
      throws InterruptedException {
    Dumps dumps = new Dumps(question -> node.ask(Service.ELECTION, question));
    while (true) {
      String signal = signals.next();
      switch (signal) {
        case "HUP" -> reload(lifecycle);
        case "USR1" -> dumps.write(KeepalivedSignal.DATA, node.process().dumps());
        case "USR2" -> dumps.write(KeepalivedSignal.STATS, node.process().dumps());
        case STATS_CLEAR -> dumps.write(KeepalivedSignal.STATS_CLEAR, node.process().dumps());
        case JSON -> dumps.write(KeepalivedSignal.JSON, node.process().dumps());
        case STOP -> {
          return "keepstream stop";
        }
        default -> {
          return "SIG" + signal;
        }
      }
    }
  }

  /** Nothing that goes wrong here ends the node; an event tells of it. */
  private static void reload(Lifecycle lifecycle) {
    try {
      lifecycle.reload().await(RELOAD_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      log().warn("Reloading takes longer than {} s and goes on", RELOAD_SECONDS);
    } catch (RuntimeException e) {
      log().debug("Reloading failed", e);
    }
  }

  private static void stop(Node node, String reason) {
    try {
      node.stop(reason).await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      log().warn("Some services have not ended within {} s and are left behind", STOP_SECONDS);
    }
  }

  /** Not to be called before the log is started: another thread may be setting up SLF4J by then. */
  private static Logger log() {
    return LoggerFactory.getLogger("keepstream");
  }

  private void writePid() throws IOException {
    if (options.pidFile() != null) {
      Files.writeString(options.pidFile(), ProcessHandle.current().pid() + "\n");
      options.pidFile().toFile().deleteOnExit();
    }
  }

  private Draft read() {
    SystemSource source = new SystemSource(options.configurationId(), RandomGenerator.getDefault());
    Draft draft = Draft.read(options.file(), source, System.nanoTime());
    return new Draft(flagged(draft.config()), draft.fingerprint(), draft.readNanos());
  }

  /** What the flags make of a configuration. */
  private NodeConfig flagged(NodeConfig said) {
    NodeConfig whole = options.http() == null ? said : said.askedAt(options.http());
    if (!options.halved()) {
      return whole;
    }
    return options.vrrpOnly() ? whole.withoutBalancing() : whole.withoutElection();
  }
}
