package io.keepstream.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.notifier.config.Webhook.Wanted;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
  private static final Event CLAIMED = new VipEvent.Claimed("VI_1", "10.0.0.1/32", "eth0");
  private static final Event FAILING = new DeliveryEvent.Failing("webhook ops", "refused");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vip.*              | true  | false
          *                  | true  | true
          vip.claimed        | true  | false
          vip                | false | false
          *.failing          | false | true
          vip.* delivery.*   | true  | true
          io.keepstream.*    | false | false
          vipxclaimed        | false | false
          v*p.cl*d           | true  | false
          vip\\E.*\\Q         | false | false
          """)
  void globs(String globs, boolean claimed, boolean failing) {
    EventFilter filter = EventFilter.of(new Wanted(List.of(globs.split(" +")), List.of()));
    assertThat(filter.matches(CLAIMED)).isEqualTo(claimed);
    assertThat(filter.matches(FAILING)).isEqualTo(failing);
  }

  @org.junit.jupiter.api.Test
  void noGlobsMeanAll() {
    assertThat(EventFilter.of(Wanted.ALL).matches(CLAIMED)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vip/*            | true  | false
          delivery/web*    | false | true
          *                | true  | true
          VI_1             | false | false
          """)
  void globsOverSubjects(String glob, boolean claimed, boolean failing) {
    EventFilter filter = EventFilter.of(new Wanted(List.of(), List.of(glob)));
    assertThat(filter.matches(CLAIMED)).isEqualTo(claimed);
    assertThat(filter.matches(FAILING)).isEqualTo(failing);
    EventFilter both = EventFilter.of(new Wanted(List.of("vip.*"), List.of(glob)));
    assertThat(both.matches(CLAIMED)).isEqualTo(claimed);
    assertThat(both.matches(FAILING)).isFalse();
  }
}
