package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Locale;

/**
 * What happens to the routes and policy rules that go with a virtual router, and to static ones,
 * whose instance is called {@code static}.
 */
public sealed interface RoutingEvent extends Event {
  /** Which of the kernel's tables it is about. */
  enum Kind {
    ROUTE,
    RULE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A route or a rule. */
  Kind kind();

  /** The route or rule in the words of the configuration. */
  String entry();

  @Override
  default String subject() {
    return kind() + "/" + entry();
  }

  /** It was set. */
  @JsonTypeName("io.keepstream.routing.claimed.v1")
  record Claimed(String instance, Kind kind, String entry) implements RoutingEvent {
    @Override
    public String summary() {
      return "(%s) %s %s set".formatted(instance, kind, entry);
    }
  }

  /** It was removed. */
  @JsonTypeName("io.keepstream.routing.released.v1")
  record Released(String instance, Kind kind, String entry) implements RoutingEvent {
    @Override
    public String summary() {
      return "(%s) %s %s removed".formatted(instance, kind, entry);
    }
  }

  /** It was there before it was to be set; it is treated as ours from now. */
  @JsonTypeName("io.keepstream.routing.adopted.v1")
  record Adopted(String instance, Kind kind, String entry) implements RoutingEvent {
    @Override
    public String summary() {
      return "(%s) %s %s is already there, adopted".formatted(instance, kind, entry);
    }
  }

  /** It could not be set or removed. */
  @JsonTypeName("io.keepstream.routing.failed.v1")
  record Failed(String instance, Kind kind, String entry, String detail) implements RoutingEvent {
    @Override
    public String summary() {
      return "(%s) %s %s: %s".formatted(instance, kind, entry, detail);
    }
  }

  /**
   * Somebody had removed it, and it was set again; said once per entry and window.
   *
   * @param times how often since it was last said
   * @param windowMillis how long ago that was, 0 for never
   */
  @JsonTypeName("io.keepstream.routing.drift-repaired.v1")
  record DriftRepaired(String instance, Kind kind, String entry, long times, long windowMillis)
      implements RoutingEvent {
    @Override
    public String summary() {
      return "(%s) drift repaired: %s %s had been removed and is set again%s"
          .formatted(instance, kind, entry, VipEvent.often(times, windowMillis));
    }
  }

  /** A leftover of an earlier run was found and removed before the first advert. */
  @JsonTypeName("io.keepstream.routing.leftover-removed.v1")
  record LeftoverRemoved(Kind kind, String entry) implements RoutingEvent {
    @Override
    public String summary() {
      return "%s %s left by an earlier run removed".formatted(kind, entry);
    }
  }
}
