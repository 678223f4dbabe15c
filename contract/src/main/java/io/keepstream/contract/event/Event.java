package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** Something that changed. Every event names its subject and can say itself in one line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Event
    permits VrrpEvent,
        GroupChanged,
        VipEvent,
        LinkEvent,
        RoutingEvent,
        TrackerChanged,
        BackendEvent,
        VirtualServerEvent,
        LvsEvent,
        BfdEvent,
        NodeEvent,
        ClusterEvent,
        NoiseEvent,
        JournalEvent,
        DeliveryEvent {

  /** The versioned type, as in {@code io.keepstream.vip.claimed.v1}. */
  default String typeName() {
    return getClass().getAnnotation(JsonTypeName.class).value();
  }

  /** What the event is about; events of one subject are delivered in order. */
  String subject();

  /** The log line, in keepalived's words where it has them. */
  String summary();
}
