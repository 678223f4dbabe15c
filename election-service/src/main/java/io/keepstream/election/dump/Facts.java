package io.keepstream.election.dump;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.link.Vmac;
import io.keepstream.election.machine.State;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What several dumps say of an instance, in keepalived's units and words. */
final class Facts {
  private Facts() {}

  static boolean master(RouterView view) {
    return view.phase().state() instanceof State.Master;
  }

  /** keepalived knows no more than these. */
  static VrrpState state(RouterView view) {
    VrrpState state = view.phase().state().name();
    return switch (state) {
      case INIT, BACKUP, MASTER, FAULT -> state;
      case STOP, DELETED -> VrrpState.INIT;
    };
  }

  static long masterIntervalNanos(RouterView view) {
    return view.phase().state() instanceof State.Backup backup
        ? backup.masterAdverIntervalNanos()
        : view.config().machine().advertIntervalNanos();
  }

  /** The last advert that counted, or null. */
  static State.Heard heard(RouterView view) {
    return view.phase().state() instanceof State.Backup backup ? backup.heard() : null;
  }

  static List<String> addresses(RouterView view, List<VirtualAddress> addresses) {
    return addresses.stream().map(each -> address(view, each)).toList();
  }

  private static String address(RouterView view, VirtualAddress address) {
    int bits = address.address().getAddress().length * Byte.SIZE;
    return "%s%s dev %s scope %s%s"
        .formatted(
            address.address().getHostAddress(),
            address.prefixLength() == bits ? "" : "/" + address.prefixLength(),
            device(view, address.networkInterface()),
            scope(address.scope()),
            master(view) ? " set" : "");
  }

  /** An interface with a virtual MAC is named with the one it sits on, as ip(8) does. */
  private static String device(RouterView view, String name) {
    return view.config().link().vmacs().stream()
        .filter(vmac -> vmac.name().equals(name))
        .findFirst()
        .map(vmac -> name + "@" + vmac.base())
        .orElse(name);
  }

  /** The name of its own interface, {@code ""} without one. */
  static String vmac(RouterView view) {
    Vmac vmac = view.config().link().vmac();
    return vmac == null ? "" : vmac.name();
  }

  /** The interface its packets are sent to and its addresses are on. */
  static String networkInterface(RouterView view) {
    String vmac = vmac(view);
    return vmac.isEmpty() ? view.config().router().networkInterface() : vmac;
  }

  /** With a virtual MAC they always are, which keepalived does not say. */
  static boolean promotesSecondaries(RouterView view) {
    return view.config().routing().promoteSecondaries() && vmac(view).isEmpty();
  }

  /** The names of its trackers of one kind. */
  static List<String> tracked(RouterView view, TrackerRef.Kind kind) {
    return view.watched().stream()
        .map(each -> each.tracked().tracker())
        .filter(tracker -> tracker.kind() == kind)
        .map(TrackerRef::name)
        .toList();
  }

  static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos);
  }

  private static String scope(int scope) {
    return switch (scope) {
      case 0 -> "global";
      case 200 -> "site";
      case 253 -> "link";
      case 254 -> "host";
      case 255 -> "nowhere";
      default -> String.valueOf(scope);
    };
  }
}
