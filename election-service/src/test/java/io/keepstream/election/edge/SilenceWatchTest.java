package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerRef;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SilenceWatchTest {
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theTimerOfWhoeverCameFirstStays() {
    long first = vertx.setTimer(HOUR_MILLIS, due -> {});
    TrackerRef script = new TrackerRef(TrackerRef.Kind.SCRIPT, "chk");
    new SilenceWatch(vertx, overdue -> {}).configure(Map.of(script, TimeUnit.MINUTES.toNanos(1)));
    assertThat(vertx.cancelTimer(first)).isTrue();
  }
}
