package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.protocol.Finding;
import io.keepstream.health.protocol.SmtpDialogue;
import io.keepstream.health.protocol.SmtpDialogue.Step;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.ProbeTarget;
import io.keepstream.linux.socket.TcpStream;
import io.netty.channel.IoEventLoop;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Checks by a short dialogue with a mail server. */
final class SmtpChecker implements Checker<Target.Smtp> {
  private final Libc libc;
  private final IoEventLoop loop;

  SmtpChecker(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
  }

  @Override
  public Probe prepare(Target.Smtp target) {
    ProbeTarget prepared = Connections.target(target.to());
    return (timeoutNanos, done) -> {
      Conversation conversation = new Conversation(target, done);
      conversation.begin(prepared);
      return conversation;
    };
  }

  private final class Conversation extends TimedAttempt implements TcpStream.Listener {
    private final Target.Smtp target;
    private final SmtpDialogue dialogue;
    private TcpStream stream;
    private boolean connected;

    Conversation(Target.Smtp target, Consumer<CheckResult> done) {
      super(loop, done);
      this.target = target;
      this.dialogue = new SmtpDialogue(target.heloName());
    }

    void begin(ProbeTarget prepared) {
      limit(target.stepNanos());
      stream = TcpStream.connect(libc, loop, prepared, this);
    }

    @Override
    public void onConnected() {
      connected = true;
      limit(target.stepNanos());
    }

    @Override
    public void onReceived(byte[] piece) {
      switch (dialogue.received(piece)) {
        case Step.Wait() -> {}
        case Step.Send(var line) -> send(line);
        case Step.End(var finding) -> end(finding);
      }
    }

    private void send(String line) {
      int errno = stream.send(line.getBytes(StandardCharsets.UTF_8));
      if (errno == 0) {
        limit(target.stepNanos());
      } else {
        end(dialogue.lost(Errno.describe(errno)));
      }
    }

    @Override
    public void onEnd() {
      end(dialogue.ended());
    }

    @Override
    public void onError(int errno) {
      String error = Errno.describe(errno);
      end(
          connected
              ? dialogue.lost(error)
              : Finding.fail(Connections.reason(errno, target.to()), error, ""));
    }

    @Override
    void timeUp() {
      stream.drain();
      long limitMillis = TimeUnit.NANOSECONDS.toMillis(target.stepNanos());
      end(
          connected
              ? dialogue.late(limitMillis)
              : Finding.fail(
                  FailureReason.CONNECT_TIMEOUT,
                  "not connected within %d ms".formatted(limitMillis),
                  ""));
    }

    @Override
    void release() {
      stream.close();
    }
  }
}
