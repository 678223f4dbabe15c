package io.keepstream.health.edge;

import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.linux.libc.ForeignLibc;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One check over HTTP from its configuration, attempted by hand. */
final class Asker implements AutoCloseable {
  private static final int LIMIT_SECONDS = 20;

  private final IoEventLoop loop;
  private final HttpChecker checker;
  private final Probe probe;
  private Attempt attempt;

  /** A check that goes to {@code address} and {@code port} as {@code words} say. */
  static Asker to(IoEventLoop loop, String address, int port, String words) {
    Configured configured = Configured.of(text(address, port, words));
    if (configured.problems().stream().anyMatch(p -> p.isError())) {
      throw new IllegalArgumentException(configured.problems().toString());
    }
    CheckConfig check = configured.config().backends().values().iterator().next().iterator().next();
    return new Asker(loop, (Target.Http) check.target());
  }

  private Asker(IoEventLoop loop, Target.Http target) {
    this.loop = loop;
    this.checker = new HttpChecker(new ForeignLibc(), loop);
    this.probe = checker.prepare(target);
  }

  static String text(String address, int port, String words) {
    return """
    virtual_server 10.9.9.9 80 {
      protocol TCP
      connect_timeout 0.5
      delay_loop 3
      real_server %s %d {
        %s
      }
    }
    """
        .formatted(address, port, words);
  }

  CheckResult ask() {
    return start().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  CompletableFuture<CheckResult> start() {
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    attempt =
        loop.submit(() -> probe.start(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS), result::complete))
            .syncUninterruptibly()
            .getNow();
    return result;
  }

  void abandon() {
    loop.submit(() -> attempt.abandon()).syncUninterruptibly();
  }

  @Override
  public void close() {
    loop.submit(probe::close).syncUninterruptibly();
    loop.submit(checker::close).syncUninterruptibly();
  }
}
