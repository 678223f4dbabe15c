package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The election of a host, run by this JVM: ready at once, and its events are at hand. */
final class LabElection implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Libc LIBC = new ForeignLibc();

  private final IoEventLoop loop = EventLoops.dedicated("election");
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private ElectionEngine engine;

  private LabElection() {}

  /** Starts with the text of a keepalived.conf. */
  static LabElection start(LabHost host, String config) {
    LabElection election = new LabElection();
    ElectionConfig read = read(config);
    election.onLoop(
        () -> {
          enter(host);
          election.engine = ElectionEngine.open(LIBC, election.loop, election.events::addAll);
          election.engine.start(read, Long.MAX_VALUE);
          return null;
        });
    return host.lab().own(election);
  }

  /** What has happened so far. */
  <E extends Event> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The first event, past or to come, that {@code wanted} accepts. */
  <E extends Event> E await(Class<E> kind, Predicate<E> wanted) {
    return Await.value(
        LIMIT,
        () -> "the wanted " + kind.getSimpleName() + " among " + summaries(),
        () -> events(kind).stream().filter(wanted).findFirst());
  }

  /** Waits until the instance of this name is in this state. */
  void awaitState(String instance, VrrpState state) {
    Await.value(
        LIMIT,
        () -> instance + " in " + state + " after " + summaries(),
        () -> state(instance) == state ? Optional.of(true) : Optional.empty());
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
    CompletableFuture<ServiceState.Election> state = new CompletableFuture<>();
    onLoop(
        () -> {
          engine.state(state::complete);
          return null;
        });
    return state.join().instances().stream()
        .filter(each -> each.router().instance().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Goes over to another configuration. */
  void configure(String config) {
    ElectionConfig read = read(config);
    onLoop(
        () -> {
          engine.configure(read);
          return null;
        });
  }

  /** Ends without a word, as a crash does; addresses stay. */
  void crash() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    assertThat(loop.terminationFuture().awaitUninterruptibly(5, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    if (loop.isShuttingDown()) {
      return;
    }
    onLoop(
        () -> {
          engine.shutdown();
          return null;
        });
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private String summaries() {
    return String.join("\n  ", events.stream().map(Event::summary).toList());
  }

  /** Two spaces between words stand for a line break. */
  private static ElectionConfig read(String config) {
    String lines = config.replaceAll("(?<=\\S) {2,}(?=\\S)", "\n");
    Section root = ConfigReader.read("lab", new TextSource("lab", lines)).root();
    return ElectionConfigReader.read(
        root,
        any -> true,
        problem -> {
          if (problem.isError()) {
            throw new IllegalArgumentException(problem.toString());
          }
        });
  }

  private static void enter(LabHost host) {
    int fd = LIBC.open(host.namespacePath().toString(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
    assertThat(LIBC.setns(fd, Libc.CLONE_NEWNET)).isZero();
    LIBC.close(fd);
  }

  private <T> T onLoop(Callable<T> work) {
    try {
      return loop.submit(
              () -> {
                T result = work.call();
                engine.tellAll();
                return result;
              })
          .get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
