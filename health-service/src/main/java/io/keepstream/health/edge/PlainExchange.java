package io.keepstream.health.edge;

import io.keepstream.health.edge.Outcome.Answered;
import io.keepstream.health.edge.Outcome.Broken;
import io.keepstream.health.http.AnswerParser;
import io.keepstream.health.http.BadAnswerException;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.http.ResponseBody;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.socket.TcpQuestion;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An exchange in the clear over a connection of its own, as most checks want it, at the least cost:
 * a channel of Netty with its pipeline costs more than the rest of a check.
 */
final class PlainExchange implements HttpExchange, TcpQuestion.Listener {
  private final HttpLine line;
  private final Consumer<Outcome> done;
  private final StepTimer timer;
  private final AnswerParser answer;
  private final FirstBytes first = new FirstBytes();
  private TcpQuestion question;
  private boolean connected;
  private boolean over;

  private PlainExchange(HttpLine line, HttpUrl url, Consumer<Outcome> done) {
    this.line = line;
    this.done = done;
    this.timer = new StepTimer(line.loop(), line.check().stepNanos(), this::expired);
    this.answer = new AnswerParser(url.method(), ResponseBody.of(url.expected()));
  }

  static PlainExchange start(HttpLine line, HttpUrl url, Consumer<Outcome> done) {
    PlainExchange exchange = new PlainExchange(line, url, done);
    exchange.question = line.ask(url, exchange);
    exchange.timer.begin();
    return exchange;
  }

  @Override
  public void abandon() {
    if (!over) {
      end(true);
    }
  }

  @Override
  public HttpConnection takeConnection() {
    return null;
  }

  @Override
  public void onConnected() {
    connected = true;
    timer.begin();
  }

  @Override
  public void onReceived(byte[] bytes, int length) {
    first.add(bytes, length);
    try {
      if (answer.take(bytes, length)) {
        answered();
      } else if (answer.hasHeader()) {
        timer.begin();
      }
    } catch (BadAnswerException e) {
      broken(e.finding().reason(), e.finding().detail());
    }
  }

  @Override
  public void onEnd() {
    if (answer.end()) {
      answered();
    } else {
      broken(FailureReason.CONNECTION_CLOSED, "closed " + answer.progress());
    }
  }

  @Override
  public void onError(int errno) {
    String error = Errno.describe(errno);
    if (connected) {
      broken(FailureReason.CONNECTION_CLOSED, answer.progress() + ": " + error);
    } else {
      broken(line.reason(errno), error);
    }
  }

  private void expired() {
    long millis = TimeUnit.NANOSECONDS.toMillis(line.check().stepNanos());
    String step = !connected ? "connection" : answer.hasHeader() ? "more of the body" : "header";
    broken(
        connected ? FailureReason.RESPONSE_TIMEOUT : FailureReason.CONNECT_TIMEOUT,
        "no %s within %d ms".formatted(step, millis));
  }

  private void answered() {
    end(line.fromOnePort());
    done.accept(new Answered(answer.response(), first.text()));
  }

  private void broken(FailureReason reason, String detail) {
    end(true);
    done.accept(new Broken(reason, detail, first.text()));
  }

  private void end(boolean withReset) {
    over = true;
    timer.stop();
    if (withReset) {
      question.reset();
    } else {
      question.close();
    }
  }
}
