package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.protocol.Exchange;
import io.keepstream.health.protocol.Exchange.Answer.Decided;
import io.keepstream.health.protocol.Exchange.Answer.Ignored;
import io.keepstream.health.protocol.Finding;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.DatagramProbes;
import io.keepstream.linux.socket.DatagramProbes.Kind;
import io.keepstream.linux.socket.ProbeTarget;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Checks by asking something in a datagram: DNS, UDP and ICMP echo. */
final class DatagramChecker implements Checker<Target.Asked> {
  private static final String PING_ADVICE =
      "; pings need CAP_NET_RAW, or net.ipv4.ping_group_range to include our group";

  private final DatagramProbes probes;
  private final IoEventLoop loop;
  private final RandomGenerator random;

  /**
   * Asks on {@code loop}.
   *
   * @param random source of what others must not guess
   */
  DatagramChecker(Libc libc, IoEventLoop loop, RandomGenerator random) {
    this.probes = new DatagramProbes(libc, loop);
    this.loop = loop;
    this.random = random;
  }

  @Override
  public Probe prepare(Target.Asked target) {
    ProbeTarget prepared = Connections.target(target.to());
    return (timeoutNanos, done) -> {
      Asking asking = new Asking(target, done);
      asking.begin(prepared);
      return asking;
    };
  }

  private static Kind kind(Target.Asked target) {
    return switch (target) {
      case Target.Dns dns -> Kind.UDP;
      case Target.Udp udp -> Kind.UDP;
      case Target.Ping ping -> Kind.ICMP;
    };
  }

  private final class Asking extends TimedAttempt implements DatagramProbes.Listener {
    private final Target.Asked target;
    private final Exchange exchange;
    private DatagramProbes.Probe probe;
    private int ignored;
    private String whyIgnored;

    Asking(Target.Asked target, Consumer<CheckResult> done) {
      super(loop, done);
      this.target = target;
      this.exchange = target.exchange(random);
    }

    void begin(ProbeTarget prepared) {
      limit(target.limitNanos());
      try {
        probe = probes.open(kind(target), prepared, this);
      } catch (ErrnoException e) {
        boolean forbidden = e.call().equals("socket") && e.errno() == Errno.EPERM;
        refused(e.errno(), e.getMessage() + (forbidden ? PING_ADVICE : ""));
        return;
      }
      int sent = probe.send(exchange.request());
      if (sent < 0) {
        onError(-sent);
      }
    }

    @Override
    public void onDatagram(byte[] payload) {
      switch (exchange.answer(payload)) {
        case Decided(var finding) -> end(finding);
        case Ignored(var why) -> {
          ignored++;
          whyIgnored = why;
        }
      }
    }

    @Override
    public void onError(int errno) {
      refused(errno, Errno.describe(errno));
    }

    private void refused(int errno, String detail) {
      FailureReason reason =
          errno == Errno.ECONNREFUSED
              ? FailureReason.PORT_UNREACHABLE
              : Connections.reason(errno, target.to());
      end(Finding.fail(reason, detail, ""));
    }

    @Override
    void timeUp() {
      probe.onReadable();
      Finding silence = exchange.silence(TimeUnit.NANOSECONDS.toMillis(target.limitNanos()));
      end(silence.failure() != null && ignored > 0 ? onlyOthers(silence) : silence);
    }

    private Finding onlyOthers(Finding silence) {
      String detail =
          "%s, but %d other datagram(s): %s".formatted(silence.detail(), ignored, whyIgnored);
      return Finding.fail(FailureReason.REPLY_MISMATCH, detail, "");
    }

    @Override
    void release() {
      if (probe != null) {
        probe.close();
      }
    }
  }
}
