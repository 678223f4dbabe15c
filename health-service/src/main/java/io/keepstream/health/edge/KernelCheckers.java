package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.runtime.script.ScriptRunner;
import io.netty.channel.IoEventLoop;

/** The checkers with the real sockets and processes of this machine. */
final class KernelCheckers implements Checkers {
  private final Checker<Target.Tcp> tcp;
  private final Checker<Target.Http> http;
  private final Checker<Target.Script> script;

  KernelCheckers(IoEventLoop loop) {
    Libc libc = new ForeignLibc();
    tcp = new TcpChecker(libc, loop);
    http = new HttpChecker(libc, loop);
    script = new ScriptChecker(new ScriptRunner(), loop);
  }

  @Override
  public Probe prepare(Target target) {
    return switch (target) {
      case Target.Tcp each -> tcp.prepare(each);
      case Target.Http each -> http.prepare(each);
      case Target.Script each -> script.prepare(each);
    };
  }
}
