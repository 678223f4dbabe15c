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

  /** A target said that it is gone; nothing is sent to it until the configuration is read again. */
  @JsonTypeName("io.keepstream.delivery.stopped.v1")
  record Stopped(String sink, String detail) implements DeliveryEvent {
    @Override
    public String summary() {
      return "Nothing more is sent to %s until a reload: %s".formatted(sink, detail);
    }
  }

  /**
   * Somebody tries whether a webhook works; sent to it alone.
   *
   * @param lasts whether the trouble that is pretended is there, or over
   */
  @JsonTypeName("io.keepstream.delivery.tested.v1")
  record Tested(String sink, boolean lasts) implements DeliveryEvent {
    @Override
    public String summary() {
      return "Test of %s: %s".formatted(sink, lasts ? "this is no trouble" : "it is over");
    }
  }

  /**
   * An event was given up, and is kept among the dead letters of its sink.
   *
   * @param event the id of the event
   * @param about its subject
   * @param detail why, in words
   */
  @JsonTypeName("io.keepstream.delivery.dead-lettered.v1")
  record DeadLettered(String sink, String event, String about, String detail)
      implements DeliveryEvent {
    @Override
    public String summary() {
      return "%s does not get an event of %s, which is among its dead letters now: %s"
          .formatted(sink, about, detail);
    }
  }

  /**
   * A script that was run because of an event has ended.
   *
   * @param event the id of the event
   * @param script with its arguments
   * @param exitStatus as given by the script; 128 plus the signal's number when a signal ended it;
   *     -1 when it was not started
   * @param durationMicros from start to end
   * @param output the first part of what it printed
   */
  @JsonTypeName("io.keepstream.delivery.script-ended.v1")
  record ScriptEnded(
      String sink, String event, String script, int exitStatus, long durationMicros, String output)
      implements DeliveryEvent {
    @Override
    public String summary() {
      return "%s ended with exit status %d after %d ms"
          .formatted(script, exitStatus, durationMicros / 1000);
    }
  }
}
