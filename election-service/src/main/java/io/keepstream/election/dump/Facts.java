package io.keepstream.election.dump;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.explain.RouterView;
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

  static String address(VirtualAddress address, boolean set) {
    int bits = address.address().getAddress().length * Byte.SIZE;
    return "%s%s dev %s scope %s%s"
        .formatted(
            address.address().getHostAddress(),
            address.prefixLength() == bits ? "" : "/" + address.prefixLength(),
            address.networkInterface(),
            scope(address.scope()),
            set ? " set" : "");
  }

  static List<String> scripts(RouterView view) {
    return view.watched().stream()
        .map(each -> each.tracked().tracker())
        .filter(tracker -> tracker.kind() == TrackerRef.Kind.SCRIPT)
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
