package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.runtime.script.ScriptRunner;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import java.security.SecureRandom;

/** The checkers with the real sockets and processes of this machine. */
final class KernelCheckers implements Checkers {
  private final TcpChecker tcp;
  private final HttpChecker http;
  private final ScriptChecker scripts;
  private final Checker<Target.Smtp> smtp;
  private final Checker<Target.Asked> datagrams;
  private final Checker<Target.TrackFile> files;
  private final Checker<Target.Bfd> bfd;

  KernelCheckers(Surroundings surroundings) {
    Libc libc = new ForeignLibc();
    IoEventLoop loop = surroundings.loop();
    tcp = new TcpChecker(libc, loop);
    http = new HttpChecker(libc, loop);
    scripts = new ScriptChecker(new ScriptRunner(), loop);
    smtp = new SmtpChecker(libc, loop);
    datagrams = new DatagramChecker(libc, loop, new SecureRandom());
    files =
        new NewsChecker<>(
            loop,
            (target, told) -> surroundings.files().following(target.path(), told),
            Target.TrackFile::result);
    bfd =
        new NewsChecker<>(
            loop,
            (target, told) -> surroundings.bfdSessions().follow(target.session(), told),
            Target.Bfd::result);
  }

  @Override
  public Probe prepare(Target target) {
    return switch (target) {
      case Target.Tcp each -> tcp.prepare(each);
      case Target.Http each -> http.prepare(each);
      case Target.Script each -> scripts.prepare(each);
      case Target.Misc each -> scripts.prepare(each);
      case Target.Smtp each -> smtp.prepare(each);
      case Target.Asked each -> datagrams.prepare(each);
      case Target.TrackFile each -> files.prepare(each);
      case Target.Bfd each -> bfd.prepare(each);
    };
  }

  @Override
  public Future<?> reach() {
    return tcp.reach();
  }

  @Override
  public void close() {
    tcp.close();
    http.close();
  }
}
