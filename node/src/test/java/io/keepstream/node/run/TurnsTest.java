package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();
  private final List<String> begun = new ArrayList<>();

  private Future<?> take(String name, Promise<Object> end) {
    return turns.take(
        () -> {
          begun.add(name);
          return end.future();
        });
  }

  @Test
  void theNextBeginsWhenTheOneBeforeIsOver() {
    Promise<Object> first = Promise.promise();
    take("first", first);
    take("second", Promise.promise());
    assertThat(begun).containsExactly("first");
    first.complete();
    assertThat(begun).containsExactly("first", "second");
  }

  @Test
  void whatFailsHoldsUpNobodyAndIsToldToWhoAsked() {
    Promise<Object> first = Promise.promise();
    Future<?> failed = take("first", first);
    Future<?> second = take("second", Promise.promise());
    first.fail("no");
    assertThat(failed.cause()).hasMessage("no");
    assertThat(begun).containsExactly("first", "second");
    assertThat(second.isComplete()).isFalse();
    assertThat(turns.last()).isSameAs(second);
  }
}
