package io.keepstream.election.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.RoutingEvent;
import io.keepstream.contract.event.RoutingEvent.Kind;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.VirtualRoute;
import io.keepstream.election.config.VirtualRule;
import io.keepstream.election.port.Publishing;
import io.keepstream.runtime.Window;
import java.util.HashMap;
import java.util.Map;

/** Tells what becomes of addresses, routes and rules. */
final class TableEvents {
  private final Publishing publishing;
  private final Map<Object, Window> drifts = new HashMap<>();
  private final Map<Object, Window> strangers = new HashMap<>();

  TableEvents(Publishing publishing) {
    this.publishing = publishing;
  }

  void claimed(String holder, KernelItem item) {
    publish(
        switch (item) {
          case VirtualAddress address ->
              new VipEvent.Claimed(holder, address.text(), address.networkInterface());
          case VirtualRoute route -> new RoutingEvent.Claimed(holder, Kind.ROUTE, route.text());
          case VirtualRule rule -> new RoutingEvent.Claimed(holder, Kind.RULE, rule.text());
        });
  }

  void adopted(String holder, KernelItem item) {
    publish(
        switch (item) {
          case VirtualAddress address ->
              new VipEvent.Adopted(holder, address.text(), address.networkInterface());
          case VirtualRoute route -> new RoutingEvent.Adopted(holder, Kind.ROUTE, route.text());
          case VirtualRule rule -> new RoutingEvent.Adopted(holder, Kind.RULE, rule.text());
        });
  }

  void released(String holder, KernelItem item) {
    publish(
        switch (item) {
          case VirtualAddress address ->
              new VipEvent.Released(holder, address.text(), address.networkInterface());
          case VirtualRoute route -> new RoutingEvent.Released(holder, Kind.ROUTE, route.text());
          case VirtualRule rule -> new RoutingEvent.Released(holder, Kind.RULE, rule.text());
        });
  }

  void failed(String holder, KernelItem item, String detail) {
    publish(
        switch (item) {
          case VirtualAddress address ->
              new VipEvent.Failed(holder, address.text(), address.networkInterface(), detail);
          case VirtualRoute route ->
              new RoutingEvent.Failed(holder, Kind.ROUTE, route.text(), detail);
          case VirtualRule rule -> new RoutingEvent.Failed(holder, Kind.RULE, rule.text(), detail);
        });
  }

  /** Tells of a repair once per window. */
  void repaired(String holder, KernelItem item) {
    Window.Report report = count(drifts, item);
    if (report == null) {
      return;
    }
    long times = report.count();
    long millis = report.overMillis();
    publish(
        switch (item) {
          case VirtualAddress address ->
              new VipEvent.DriftRepaired(
                  holder, address.text(), address.networkInterface(), times, millis);
          case VirtualRoute route ->
              new RoutingEvent.DriftRepaired(holder, Kind.ROUTE, route.text(), times, millis);
          case VirtualRule rule ->
              new RoutingEvent.DriftRepaired(holder, Kind.RULE, rule.text(), times, millis);
        });
  }

  /** Tells once per window of an address that somebody else has set. */
  void foreign(VirtualAddress address) {
    if (count(strangers, address) != null) {
      publish(new VipEvent.Foreign(address.text(), address.networkInterface()));
    }
  }

  void strayRemoved(VirtualAddress address) {
    publish(new VipEvent.StrayRemoved(address.text(), address.networkInterface()));
  }

  void leftoverRemoved(String address, String networkInterface) {
    publish(new VipEvent.LeftoverRemoved(address, networkInterface));
  }

  void leftoverRemoved(Kind kind, String entry) {
    publish(new RoutingEvent.LeftoverRemoved(kind, entry));
  }

  private Window.Report count(Map<Object, Window> windows, KernelItem item) {
    return windows
        .computeIfAbsent(item.identity(), any -> new Window())
        .count(publishing.nowNanos());
  }

  private void publish(Event event) {
    publishing.publish(event);
  }
}
