package io.keepstream.node.sidebyside;

import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.Service;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.node.run.Node;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** One of the two programs on a host, with servers that the other one never sees. */
final class Side {
  static final int PORT = 8000;

  /** HTTP_GET asks twice before it believes. */
  private static final int SUCCESSES = 3;

  /** One of the two. */
  interface Program {
    /** Starts it; closing ends it politely. */
    AutoCloseable run(LabHost host, String config) throws IOException;
  }

  private final LabHost host;
  private final Program program;
  private final List<Subject> subjects;
  private final LabProcess notices;
  private List<String> rules = List.of();
  private AutoCloseable running = () -> {};

  Side(LabHost host, SSLContext tls, Program program) {
    this.host = host;
    this.program = program;
    subjects = Subjects.on(host, tls);
    notices = FifoReader.of(host, fifo());
  }

  static AutoCloseable keepalived(LabHost host, String config) {
    return Keepalived.startWithoutIpvs(host, Keepalived.Part.CHECKERS, config)::stop;
  }

  static AutoCloseable keepstream(LabHost host, String config) throws IOException {
    Path file = host.lab().directory().resolve(host.name() + ".conf");
    // As keepalived, it shall find no table that it could fill.
    Files.writeString(file, "global_defs {\n dataplane ipvs\n}\n" + config);
    NodeConfig read = NodeConfig.read(file.toString(), SystemSource.ofThisMachine());
    if (read.refused()) {
      throw new IllegalStateException(read.diagnostics().toString());
    }
    EnumSet<Service> services = EnumSet.of(Service.HEALTH, Service.LVS, Service.NOTIFIER);
    Node node = host.inside(() -> Node.start(file.toString(), read, services).await());
    return () -> node.stop("the test ends").await(30, TimeUnit.SECONDS);
  }

  /** Of the server in that place. */
  static String address(int place) {
    return "10.3.0." + (place + 1);
  }

  /** Of its virtual server. */
  static String service(int place) {
    return "10.9.0." + (place + 1);
  }

  List<Subject> subjects() {
    return subjects;
  }

  private Path fifo() {
    return host.lab().directory().resolve(host.name() + ".fifo");
  }

  /**
   * Starts the program.
   *
   * @param rules of each server
   */
  void start(List<String> rules) throws IOException {
    StringBuilder config =
        new StringBuilder(
            """
            global_defs {
             script_user root
             lvs_notify_fifo %s
            }
            track_file F {
             file %s
            }
            """
                .formatted(fifo(), Subjects.tracked(host)));
    this.rules = rules;
    places().forEach(place -> config.append(described(place)));
    running = program.run(host, config.toString());
    // A node runs in this JVM, and would outlive the hosts of a test that fails.
    host.lab().own(this::stop);
  }

  /** The configuration of the server in that place. */
  String described(int place) {
    Subject subject = subjects.get(place);
    return """
        virtual_server %s %d {
         protocol TCP
        %s real_server %s %d {
          %s {
           %s
          }
         }
        }
        """
        .formatted(
            service(place),
            PORT,
            rules.get(place),
            address(place),
            PORT,
            subject.checker(),
            subject.words());
  }

  void take(Script.Change change) {
    Subject subject = subjects.get(change.subject());
    switch (change) {
      case Script.Change.Fails(_, var fault) -> subject.become(fault);
      case Script.Change.Recovers _ -> subject.become(null);
      case Script.Change.Stumbles(_, var fault, var attempts) ->
          ((AskedSubject) subject).fail(fault, attempts);
    }
  }

  /** Whether the program knows. */
  boolean hasSeen(Script.Change change) {
    return switch (change) {
      case Script.Change.Fails _ -> says(change.subject(), "DOWN");
      case Script.Change.Recovers _ -> says(change.subject(), "UP");
      case Script.Change.Stumbles _ ->
          says(change.subject(), "UP")
              && ((AskedSubject) subjects.get(change.subject())).successes() >= SUCCESSES;
    };
  }

  /** Whether all that had to prove themselves have done so. */
  boolean saysThatAllArePassed() {
    return places().allMatch(i -> !subjects.get(i).hasToProveItself() || says(i, "UP"));
  }

  boolean saysThatAllAreDown() {
    return places().allMatch(place -> says(place, "DOWN"));
  }

  private IntStream places() {
    return IntStream.range(0, subjects.size());
  }

  /** Whether this is the last that it said of the server in that place. */
  private boolean says(int place, String state) {
    return said(place).reversed().stream()
        .filter(line -> line.startsWith("RS"))
        .findFirst()
        .filter(line -> line.endsWith(state))
        .isPresent();
  }

  /** All that it said of each server and its virtual server, in order. */
  List<List<String>> said() {
    return places().mapToObj(this::said).toList();
  }

  private List<String> said(int place) {
    List<String> lines = new ArrayList<>(notices.lines());
    lines.removeIf(line -> !line.contains("[" + service(place) + "]"));
    return lines;
  }

  /** Ends the program politely, if it runs. */
  void stop() throws Exception {
    AutoCloseable ended = running;
    running = () -> {};
    ended.close();
  }
}
