package io.keepstream.health.edge;

import io.keepstream.health.edge.Outcome.Answered;
import io.keepstream.health.edge.Outcome.Broken;
import io.keepstream.health.http.Finding;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A check over HTTP that is ready for its target. Each attempt asks for one URL and the next
 * attempt for the next, except that a failed URL is asked for again. The first attempt asks for all
 * of them, so that it can decide alone; with fast recovery any attempt does that as long as not all
 * have passed since the last failure.
 */
final class HttpProbe implements Probe {
  private final HttpLine line;
  private int next;
  private boolean wholeRound = true;
  private HttpConnection idle;
  private boolean closed;

  HttpProbe(HttpLine line) {
    this.line = line;
  }

  @Override
  public Attempt start(long timeoutNanos, Consumer<CheckResult> done) {
    Run run = new Run(done);
    run.ask();
    return run;
  }

  @Override
  public void close() {
    closed = true;
    HttpConnection open = takeIdle();
    if (open != null) {
      open.finish();
    }
  }

  private HttpConnection takeIdle() {
    HttpConnection open = idle;
    idle = null;
    return open;
  }

  private void keep(HttpConnection open) {
    if (open != null && closed) {
      open.finish();
    } else {
      idle = open;
    }
  }

  private HttpUrl url() {
    return line.check().urls().get(next);
  }

  private final class Run implements Attempt {
    private final Consumer<CheckResult> done;
    private final long startedNanos = line.loop().ticker().nanoTime();
    private int left = wholeRound ? line.check().urls().size() : 1;
    private HttpExchange exchange;
    private boolean over;

    private Run(Consumer<CheckResult> done) {
      this.done = done;
    }

    void ask() {
      HttpConnection kept = takeIdle();
      if (kept != null && !kept.serves(url().peer())) {
        kept.finish();
        kept = null;
      }
      boolean fresh = kept == null;
      exchange = HttpExchange.start(line, url(), kept, outcome -> taken(outcome, fresh));
    }

    private void taken(Outcome outcome, boolean fresh) {
      if (over) {
        return;
      }
      switch (outcome) {
        case Answered answered -> judge(answered);
        case Broken broken when !fresh && closedUnheard(broken) -> ask();
        case Broken broken -> failed(new Finding(broken.reason(), broken.detail()), outcome);
      }
    }

    /** A server may close a kept connection at any time, even while it is asked. */
    private boolean closedUnheard(Broken broken) {
      return broken.reason() == FailureReason.CONNECTION_CLOSED && broken.received().isEmpty();
    }

    private void judge(Answered answered) {
      keep(exchange.takeConnection());
      Optional<Finding> wrong = url().expected().judge(answered.response());
      if (wrong.isPresent()) {
        failed(wrong.get(), answered);
        return;
      }
      next = (next + 1) % line.check().urls().size();
      if (--left > 0) {
        ask();
      } else {
        wholeRound = false;
        end(new CheckResult(null, null, tookNanos(), answered.received()));
      }
    }

    private void failed(Finding finding, Outcome outcome) {
      wholeRound = line.check().fastRecovery();
      String detail = url().path() + ": " + finding.detail();
      end(new CheckResult(finding.reason(), detail, tookNanos(), outcome.received()));
    }

    @Override
    public void abandon() {
      exchange.abandon();
      line.loop().execute(this::abandoned);
    }

    private void abandoned() {
      if (!over) {
        wholeRound = line.check().fastRecovery();
        end(CheckResult.failed(FailureReason.RESPONSE_TIMEOUT, url().path(), tookNanos()));
      }
    }

    private void end(CheckResult result) {
      over = true;
      done.accept(result);
    }

    private long tookNanos() {
      return line.loop().ticker().nanoTime() - startedNanos;
    }
  }
}
