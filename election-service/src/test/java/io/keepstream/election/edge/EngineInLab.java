package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Outcome;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An election engine of this JVM inside a host of the lab, with what it has told. */
final class EngineInLab implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Libc LIBC = new ForeignLibc();

  private final IoEventLoop loop = EventLoops.dedicated("election");
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final ElectionEngine engine;
  private boolean closed;

  private EngineInLab(LabHost host, int monitorBufferBytes) {
    engine =
        call(
            () -> {
              int fd = LIBC.open(host.namespacePath().toString(), Libc.O_RDONLY, 0);
              assertThat(LIBC.setns(fd, Libc.CLONE_NEWNET)).isZero();
              LIBC.close(fd);
              return ElectionEngine.open(LIBC, loop, events::addAll, monitorBufferBytes);
            });
  }

  static EngineInLab in(LabHost host) {
    return new EngineInLab(host, 1 << 20);
  }

  static EngineInLab in(LabHost host, int monitorBufferBytes) {
    return new EngineInLab(host, monitorBufferBytes);
  }

  static ElectionConfig read(String config) {
    Section root = ConfigReader.read("test", new TextSource("test", config)).root();
    List<Diagnostic> problems = new ArrayList<>();
    ElectionConfig read = ElectionConfigReader.read(root, any -> true, problems::add);
    assertThat(problems).filteredOn(Diagnostic::isError).isEmpty();
    return read;
  }

  EngineInLab configure(String config) {
    ElectionConfig read = read(config);
    return run(() -> engine.configure(read));
  }

  /** Sets an address with prefix length 24 on eth0 as an engine would; ip(8) cannot mark it yet. */
  static void addMarked(LabHost host, String address) {
    Outcome outcome =
        host.inside(
            () -> {
              try (RouteNetlink netlink = RouteNetlink.open(LIBC)) {
                InetAddress vip = InetAddress.ofLiteral(address);
                return netlink.addAddress(Address.of(LIBC.if_nametoindex("eth0"), vip, 24).build());
              }
            });
    assertThat(outcome).isEqualTo(new Outcome.Done());
  }

  /** Does something on the engine's loop. */
  EngineInLab run(Runnable work) {
    return call(
        () -> {
          work.run();
          engine.tellAll();
          return this;
        });
  }

  private <T> T call(Callable<T> work) {
    try {
      return loop.submit(work).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps the loop from doing anything until the returned is run. */
  Runnable hold() {
    CountDownLatch latch = new CountDownLatch(1);
    loop.execute(
        () -> {
          try {
            latch.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return latch::countDown;
  }

  List<Event> events() {
    return events;
  }

  <T extends Event> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<String> summaries() {
    return events.stream().map(Event::summary).toList();
  }

  EngineInLab awaitState(String instance, VrrpState state) {
    Await.until(
        LIMIT,
        instance + " is " + state + ": " + summaries(),
        () ->
            events(InstanceChanged.class).stream()
                .filter(change -> change.router().instance().equals(instance))
                .reduce((first, last) -> last)
                .filter(last -> last.to() == state)
                .isPresent());
    return this;
  }

  <T extends Event> T await(Class<T> type) {
    return Await.value(
        LIMIT, () -> type + " in " + summaries(), () -> events(type).stream().findFirst());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      run(engine::shutdown);
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
