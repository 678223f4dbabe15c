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
import io.keepstream.node.http.HttpConfig;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code keepstream run}: the node in the foreground, until a signal ends it. */
@Command(
    name = "run",
    description = "Run the node in the foreground; HUP reloads, TERM and INT leave politely.")
public final class RunCommand implements Callable<Integer> {
  private static final int FATAL = 1;
  private static final int CONFIGURATION_UNUSABLE = 2;
  private static final long RELOAD_SECONDS = 10;
  private static final long STOP_SECONDS = 10;

  private static final String STATS_CLEAR = "RTMAX-1";
  private static final String JSON = "RTMIN+2";

  /** What is no signal, but comes the same way. */
  private static final String STOP = "stop";

  private static final Logger LOG = LoggerFactory.getLogger("keepstream");

  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--use-file"},
      paramLabel = "FILE",
      defaultValue = CheckCommand.DEFAULT_FILE,
      description = "Configuration file (${DEFAULT-VALUE}).")
  private String file;

  @Option(
      names = {"-P", "--vrrp"},
      description = "Only elect: no real servers, no IPVS.")
  private boolean vrrpOnly;

  @Option(
      names = {"-C", "--check"},
      description = "Only balance: no VRRP.")
  private boolean checkersOnly;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SERVICE",
      description =
          "Only these services: election, health, lvs, notifier. Other processes run the rest.")
  private List<String> only = List.of();

  @Option(
      names = "--link-dir",
      paramLabel = "DIR",
      defaultValue = "${env:KEEPSTREAM_LINK_DIR}",
      description =
          "Where the processes of a node meet that run with --only"
              + " ($KEEPSTREAM_LINK_DIR, or one per network namespace in /run/keepstream).")
  private Path linkDirectory;

  @Option(
      names = "--http",
      paramLabel = "ADDRESS:PORT",
      defaultValue = "${env:KEEPSTREAM_HTTP}",
      converter = HttpPlace.class,
      description =
          "Answer over HTTP there, whatever the configuration says ($KEEPSTREAM_HTTP); a process"
              + " with --only at this port or one of the next three.")
  private HttpConfig http;

  @Option(names = "--log", paramLabel = "FORMAT", description = "text or json (text).")
  private Logging.Format log = Logging.Format.TEXT;

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "Configuration id for @ID lines (the host name).")
  private String configurationId = SystemSource.nodeName();

  @Option(
      names = {"-t", "--config-test"},
      description = "Only test the configuration, as keepstream check does.")
  private boolean testOnly;

  @Option(
      names = {"-p", "--pid"},
      paramLabel = "FILE",
      description = "Write the process id to this file while running.")
  private Path pidFile;

  @Option(
      names = {"-D", "--log-detail"},
      description = "Log in detail.")
  private boolean detailed;

  @Option(names = "--help", usageHelp = true, description = "Show this help and leave.")
  @SuppressWarnings("unused") // picocli asks for it
  private boolean help;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description =
          "Answer explain and status on this socket"
              + " (/run/keepstream/PID.sock, with --only SERVICE.sock in the link directory).")
  private Path control;

  @Mixin
  @SuppressWarnings("unused") // its fields are only there to be accepted
  private KeepalivedFlags keepalived;

  @Override
  public Integer call() throws Exception {
    Draft started = read();
    NodeConfig config = started.config();
    if (testOnly) {
      return CheckCommand.report(file, config.diagnostics(), spec.commandLine().getOut());
    }
    config.diagnostics().forEach(System.err::println);
    if (config.refused()) {
      System.err.println("keepstream: nothing started, the configuration has errors");
      boolean none = config.diagnostics().stream().anyMatch(d -> d.kind() == Kind.NO_CONFIGURATION);
      return none ? CheckStatus.SECURITY : CONFIGURATION_UNUSABLE;
    }
    Signals signals = signals();
    Logging.start(log, detailed);
    try (var _ = claim(Service.ELECTION, checkersOnly);
        var _ = claim(Service.LVS, vrrpOnly);
        LinkDirectory meeting = enter()) {
      writePid();
      Optional<Path> met = Optional.ofNullable(meeting).map(LinkDirectory::path);
      Path socket = control == null ? usualControl(meeting) : control;
      run(config.process().scripts().startup());
      Node node = Node.start(file, config, services(), met).await();
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
    if (!services().contains(service) || (leftOut && vrrpOnly != checkersOnly)) {
      return null;
    }
    try {
      return Claim.inNamespace(service.label());
    } catch (IOException e) {
      LOG.info(
          "nothing keeps a second {} from this network namespace: {}", service.label(), e + "");
      return null;
    }
  }

  /** Null when this process is the whole node. */
  private LinkDirectory enter() throws IOException, ControlException {
    if (only.isEmpty()) {
      return null;
    }
    Path directory = linkDirectory == null ? LinkDirectory.usual() : linkDirectory;
    return LinkDirectory.enter(directory, services());
  }

  private Path usualControl(LinkDirectory meeting) {
    return meeting == null ? ControlDirectory.own() : meeting.control(services());
  }

  /**
   * As in keepalived, a script that fails is told and changes nothing. Of several processes the one
   * that elects runs it.
   */
  private void run(Optional<LifeScripts.Limited> asked) {
    if (asked.isEmpty() || !services().contains(Service.ELECTION)) {
      return;
    }
    LifeScripts.Limited script = asked.get();
    ScriptResult result = new ScriptRunner().run(script.command(), script.limit()).join();
    if (result.succeeded()) {
      LOG.info("{} {} has run", script.word(), script.command());
    } else {
      LOG.warn("{} {} failed: {}", script.word(), script.command(), result.describe());
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
      LOG.info("explain and status cannot ask this node: {}", e.toString());
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
        supervise(node);
        reason = untilTheEnd(node, lifecycle, signals);
      } finally {
        stop(node, reason);
      }
    }
  }

  private static void supervise(Node node) {
    try {
      node.supervise(System.getenv());
    } catch (ErrnoException e) {
      LOG.warn("The service manager is told nothing: {}", e.getMessage());
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
      LOG.warn("Reloading takes longer than {} s and goes on", RELOAD_SECONDS);
    } catch (RuntimeException e) {
      LOG.debug("Reloading failed", e);
    }
  }

  private static void stop(Node node, String reason) {
    try {
      node.stop(reason).await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Some services have not ended within {} s and are left behind", STOP_SECONDS);
    }
  }

  private void writePid() throws IOException {
    if (pidFile != null) {
      Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
      pidFile.toFile().deleteOnExit();
    }
  }

  private Set<Service> services() {
    return only.isEmpty()
        ? EnumSet.complementOf(EnumSet.of(Service.NODE))
        : only.stream()
            .map(Service::ofLabel)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Service.class)));
  }

  private Draft read() {
    SystemSource source = new SystemSource(configurationId, RandomGenerator.getDefault());
    Draft draft = Draft.read(file, source, System.nanoTime());
    return new Draft(flagged(draft.config()), draft.fingerprint(), draft.readNanos());
  }

  /** What the flags make of a configuration. */
  private NodeConfig flagged(NodeConfig said) {
    NodeConfig whole = http == null ? said : said.askedAt(http);
    if (vrrpOnly == checkersOnly) {
      return whole;
    }
    return vrrpOnly ? whole.withoutBalancing() : whole.withoutElection();
  }

  /** Reads an address with a port. */
  static final class HttpPlace implements ITypeConverter<HttpConfig> {
    @Override
    public HttpConfig convert(String text) {
      return HttpConfig.read(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected an address and a port such as 127.0.0.1:9165, found `%s`"
                          .formatted(text)));
    }
  }
}
