package io.keepstream.health.edge;

import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.lab.LabHost;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An event loop inside a host, from which checks are made one by one. */
final class ProbeHost implements AutoCloseable {
  private final IoEventLoop loop;

  ProbeHost(LabHost host) {
    loop =
        host.inside(
            () -> {
              IoEventLoop inside = EventLoops.dedicated("checks");
              inside.submit(() -> {}).sync();
              return inside;
            });
  }

  IoEventLoop loop() {
    return loop;
  }

  CheckResult check(Probe probe) {
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    start(probe, result);
    return result.orTimeout(15, TimeUnit.SECONDS).join();
  }

  Attempt start(Probe probe, CompletableFuture<CheckResult> result) {
    return loop.submit(() -> probe.start(Long.MAX_VALUE / 2, result::complete))
        .syncUninterruptibly()
        .getNow();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
