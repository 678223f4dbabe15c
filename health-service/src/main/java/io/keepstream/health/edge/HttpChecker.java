package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.linux.libc.Libc;
import io.netty.channel.IoEventLoop;

/** Checks by asking over HTTP, in any of its versions, with or without TLS. */
final class HttpChecker implements Checker<Target.Http>, AutoCloseable {
  private final HttpLine.Machine machine;

  HttpChecker(Libc libc, IoEventLoop loop) {
    machine = new HttpLine.Machine(libc, loop);
  }

  @Override
  public Probe prepare(Target.Http target) {
    return new HttpProbe(new HttpLine(machine, target.to(), target.check()));
  }

  @Override
  public void close() {
    machine.prober().close();
  }
}
