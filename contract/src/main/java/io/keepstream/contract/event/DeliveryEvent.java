package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** What happens to the delivery of events. */
public sealed interface DeliveryEvent extends Event {

  /** The sink concerned, as in {@code webhook ops}. */
  String sink();

  @Override
  default String subject() {
    return "delivery/" + sink();
  }

  /** A sink stopped accepting; sent once when it begins. */
  @JsonTypeName("io.keepstream.delivery.failing.v1")
  record Failing(String sink, String detail) implements DeliveryEvent {
    @Override
    public String summary() {
      return "Delivery to %s fails: %s".formatted(sink, detail);
    }
  }

  /**
   * A sink accepts again.
   *
   * @param failedMillis how long it did not accept
   * @param dropped events that were lost meanwhile
   */
  @JsonTypeName("io.keepstream.delivery.recovered.v1")
  record Recovered(String sink, long failedMillis, long dropped) implements DeliveryEvent {
    @Override
    public String summary() {
      return "Delivery to %s works again after %d ms, %d event(s) dropped"
          .formatted(sink, failedMillis, dropped);
    }
  }
}
