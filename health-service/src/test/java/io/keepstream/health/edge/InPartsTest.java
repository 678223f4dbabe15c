package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InPartsTest {
  private final IoEventLoop loop = EventLoops.dedicated("parts");

  @AfterEach
  void close() {
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void allThatWasThereIsMadeAndTimersComeBetween() throws Exception {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 2_000).boxed().toList());
    AtomicInteger made = new AtomicInteger();
    AtomicInteger madeWhenTimerCame = new AtomicInteger();
    Future<List<Integer>> all =
        loop.submit(
                () -> {
                  var _ =
                      loop.schedule(
                          () -> {
                            madeWhenTimerCame.set(made.get());
                            numbers.clear();
                          },
                          0,
                          TimeUnit.NANOSECONDS);
                  return InParts.map(
                      loop,
                      numbers,
                      number -> {
                        made.incrementAndGet();
                        return -number;
                      });
                })
            .get();
    assertThat(all.await())
        .isEqualTo(IntStream.range(0, 2_000).mapToObj(number -> -number).toList());
    assertThat(madeWhenTimerCame.get()).isBetween(1, 1_999);
  }

  @Test
  void nothingIsMadeOfNothing() throws Exception {
    assertThat(loop.submit(() -> InParts.map(loop, List.of(), any -> any)).get().await()).isEmpty();
  }
}
