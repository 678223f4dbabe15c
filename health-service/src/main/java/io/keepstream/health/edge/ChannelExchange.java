package io.keepstream.health.edge;

import io.keepstream.health.edge.Outcome.Answered;
import io.keepstream.health.edge.Outcome.Broken;
import io.keepstream.health.http.HttpUrl;
import io.keepstream.health.http.Response;
import io.keepstream.health.verdict.FailureReason;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An exchange of any kind, over a channel of Netty: connecting, the TLS handshake, asking,
 * listening.
 */
final class ChannelExchange implements HttpExchange {
  private final HttpLine line;
  private final HttpUrl url;
  private final Consumer<Outcome> done;
  private final StepTimer timer;
  private FailureReason late = FailureReason.CONNECT_TIMEOUT;
  private String step = "connection";
  private HttpLine.Opening opening;
  private HttpConnection connection;
  private boolean over;

  private ChannelExchange(HttpLine line, HttpUrl url, Consumer<Outcome> done) {
    this.line = line;
    this.url = url;
    this.done = done;
    this.timer = new StepTimer(line.loop(), line.check().stepNanos(), this::expired);
  }

  /**
   * Starts an exchange, on the loop.
   *
   * @param kept a connection to use; null to make one
   * @param done told once, never before this returns, unless the exchange is abandoned
   */
  static ChannelExchange start(
      HttpLine line, HttpUrl url, HttpConnection kept, Consumer<Outcome> done) {
    ChannelExchange exchange = new ChannelExchange(line, url, done);
    if (kept == null) {
      exchange.opening = line.open(url.peer(), exchange.new WhenOpen());
    } else {
      exchange.ask(kept);
    }
    return exchange;
  }

  @Override
  public void abandon() {
    if (!over) {
      over = true;
      release();
    }
  }

  @Override
  public HttpConnection takeConnection() {
    HttpConnection kept = connection;
    connection = null;
    return kept;
  }

  private void ask(HttpConnection ready) {
    connection = ready;
    late = FailureReason.RESPONSE_TIMEOUT;
    step = "header";
    timer.begin();
    connection.send(url, new ResponseReader(url.expected(), new WhileListening()));
  }

  private void expired() {
    long millis = TimeUnit.NANOSECONDS.toMillis(line.check().stepNanos());
    broken(late, "no %s within %d ms".formatted(step, millis));
  }

  private void answered(Response response) {
    if (!over) {
      over = true;
      timer.stop();
      String received = connection.received();
      if (!connection.rest()) {
        connection.finish();
        connection = null;
      }
      tell(new Answered(response, received));
    }
  }

  private void broken(FailureReason reason, String detail) {
    if (!over) {
      over = true;
      String received = connection == null ? "" : connection.received();
      release();
      tell(new Broken(reason, detail, received));
    }
  }

  private void tell(Outcome outcome) {
    line.loop().execute(() -> done.accept(outcome));
  }

  private void release() {
    timer.stop();
    if (opening != null) {
      opening.abandon();
    }
    if (connection != null) {
      connection.abort();
      connection = null;
    }
  }

  private final class WhenOpen implements HttpLine.Listener {
    @Override
    public void connecting() {
      timer.begin();
    }

    @Override
    public void connected() {
      if (line.check().tls() != null) {
        late = FailureReason.TLS_HANDSHAKE;
        step = "TLS handshake";
      }
      timer.begin();
    }

    @Override
    public void open(EpollSocketChannel channel) {
      opening = null;
      ask(new HttpConnection(channel, line.check(), url.peer(), line.fromOnePort()));
    }

    @Override
    public void failed(FailureReason reason, String detail) {
      opening = null;
      broken(reason, detail);
    }
  }

  private final class WhileListening implements ResponseReader.Listener {
    @Override
    public void progress() {
      step = "more of the body";
      timer.begin();
    }

    @Override
    public void answered(Response response) {
      ChannelExchange.this.answered(response);
    }

    @Override
    public void broken(FailureReason reason, String detail) {
      ChannelExchange.this.broken(reason, detail);
    }
  }
}
