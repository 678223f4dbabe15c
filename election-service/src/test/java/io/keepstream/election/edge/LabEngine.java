package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.lab.LabHost;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The election of one host of a lab, in this JVM: its loop's thread lives in the host. */
final class LabEngine implements AutoCloseable {
  private static final Libc LIBC = new ForeignLibc();

  private final IoEventLoop loop = EventLoops.dedicated("election");
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final ElectionEngine engine;

  /** Starts with the text of a keepalived.conf; several words of a line may be set off by spaces. */
  LabEngine(LabHost host, String text) {
    engine =
        onLoop(
            () -> {
              int fd = LIBC.open(host.namespacePath().toString(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
              assertThat(LIBC.setns(fd, Libc.CLONE_NEWNET)).isZero();
              LIBC.close(fd);
              return ElectionEngine.open(LIBC, loop, events::add);
            });
    configure(text);
  }

  /** Goes over to another configuration. */
  void configure(String text) {
    ElectionConfig config = read(text);
    onLoop(
        () -> {
          engine.configure(config);
          return null;
        });
  }

  /** Reads a configuration; two spaces in a line stand for a line break. */
  static ElectionConfig read(String text) {
    String lines = text.replaceAll("(?<=\\S)  +(?=\\S)", "\n");
    Document document = ConfigReader.read("test", new TextSource("test", lines));
    assertThat(document.diagnostics()).isEmpty();
    return ElectionConfigReader.read(
        document.root(), any -> true, problem -> assertThat(problem.isError()).isFalse());
  }

  /** Everything told so far. */
  List<Event> events() {
    return events;
  }

  VrrpState state(String instance) {
    return instance(instance).state();
  }

  Map<String, Long> counters(String instance) {
    return instance(instance).counters();
  }

  long counter(String instance, String name) {
    return counters(instance).get(name);
  }

  private ServiceState.Instance instance(String name) {
    return onLoop(() -> engine.state()).instances().stream()
        .filter(instance -> instance.router().instance().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private <T> T onLoop(Callable<T> work) {
    try {
      return loop.submit(work).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    onLoop(
        () -> {
          engine.shutdown();
          return null;
        });
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
