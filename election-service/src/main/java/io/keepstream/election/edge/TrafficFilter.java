package io.keepstream.election.edge;

import io.keepstream.contract.event.LinkEvent;
import io.keepstream.election.edge.FilterRules.Place;
import io.keepstream.election.link.FilterConfig;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.netlink.NfNetlink;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.wire.NetlinkMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Our tables in the kernel's packet filter, brought from what they hold to what they should hold by
 * one transaction each time. Set by netlink, a rule is in force when the call returns: before the
 * address it protects is set, and without a program to wait for.
 */
final class TrafficFilter {
  private static final String NOT_SET = "not set, virtual addresses accept all traffic: ";
  private static final String NOT_REMOVED = "not removed: ";
  private static final String NO_REPORTS = "reports of group membership leave from virtual MACs: ";

  private final Libc libc;
  private final Publishing publishing;
  private NfNetlink netlink;
  private FilterConfig built;
  private boolean ours;
  private boolean complete;
  private boolean reports;
  private Map<Place, Set<NfElement>> elements = Map.of();
  private String failure;

  TrafficFilter(Libc libc, Publishing publishing) {
    this.libc = libc;
    this.publishing = publishing;
  }

  /** Has the tables as {@code config} says hold {@code wanted}. */
  void hold(FilterConfig config, Map<Place, Set<NfElement>> wanted) {
    if (!config.equals(built) || !complete) {
      remove();
      build(config, wanted);
    } else if (!wanted.equals(elements)) {
      List<NetlinkMessage> changes = new ArrayList<>(removals(wanted));
      changes.addAll(additions(elements, wanted));
      follow(changes, wanted);
    }
  }

  /** Has the tables hold what they should even if somebody has removed them meanwhile. */
  void restore(FilterConfig config, Map<Place, Set<NfElement>> wanted) {
    hold(config, wanted);
    if (complete) {
      follow(additions(Map.of(), wanted), wanted);
    }
  }

  /** What cannot be changed has been meddled with. */
  private void follow(List<NetlinkMessage> changes, Map<Place, Set<NfElement>> wanted) {
    boolean reportsMissing = !reports && hasVmacs(wanted);
    if (commit(changes) instanceof Ack.Done) {
      elements = wanted;
      if (reportsMissing) {
        report(commitReports());
      }
    } else {
      FilterConfig config = built;
      remove();
      build(config, wanted);
    }
  }

  /** Removes the tables, if there are any of ours. */
  void remove() {
    if (ours) {
      report(problem(commit(FilterRules.remove(built)), NOT_REMOVED));
    }
    built = null;
    ours = false;
    complete = false;
    reports = false;
    elements = Map.of();
  }

  /** Removes tables that an earlier run has left. */
  void removeLeftover(String table) {
    commit(FilterRules.remove(new FilterConfig(table, 0, false)));
  }

  /** Removes the tables and lets go of the kernel. */
  void close() {
    remove();
    if (netlink != null) {
      netlink.close();
      netlink = null;
    }
  }

  private void build(FilterConfig config, Map<Place, Set<NfElement>> wanted) {
    built = config;
    Ack ack = commit(new FilterRules(config).build());
    ours = ack instanceof Ack.Done;
    if (ours) {
      ack = commit(additions(Map.of(), wanted));
    }
    complete = ack instanceof Ack.Done;
    elements = complete ? wanted : Map.of();
    String problem = problem(ack, NOT_SET);
    report(complete && hasVmacs(wanted) ? commitReports() : problem);
  }

  private static boolean hasVmacs(Map<Place, Set<NfElement>> wanted) {
    return Stream.of(Place.VMACS_4, Place.VMACS_6)
        .anyMatch(place -> !wanted.getOrDefault(place, Set.of()).isEmpty());
  }

  /** Why they failed, or null. */
  private String commitReports() {
    reports = true; // tried once for each build
    return problem(commit(new FilterRules(built).reports()), NO_REPORTS);
  }

  private List<NetlinkMessage> removals(Map<Place, Set<NfElement>> wanted) {
    List<NetlinkMessage> messages = new ArrayList<>();
    elements.forEach(
        (place, before) -> {
          Set<NfElement> gone = new HashSet<>(before);
          gone.removeAll(wanted.getOrDefault(place, Set.of()));
          messages.addAll(place.table(built).remove(place.set().name(), gone));
        });
    return messages;
  }

  private List<NetlinkMessage> additions(
      Map<Place, Set<NfElement>> before, Map<Place, Set<NfElement>> wanted) {
    List<NetlinkMessage> messages = new ArrayList<>();
    wanted.forEach(
        (place, all) -> {
          Set<NfElement> fresh = new HashSet<>(all);
          fresh.removeAll(before.getOrDefault(place, Set.of()));
          messages.addAll(place.table(built).add(place.set().name(), fresh));
        });
    return messages;
  }

  private Ack commit(List<NetlinkMessage> changes) {
    try {
      if (netlink == null) {
        netlink = NfNetlink.open(libc);
      }
      return netlink.commit(changes).ack();
    } catch (ErrnoException e) {
      return new Ack.Refused(e.errno(), e.getMessage());
    }
  }

  private static String problem(Ack ack, String consequence) {
    String text = ack instanceof Ack.Refused refused ? " " + refused.text() : "";
    return ack instanceof Ack.Done
        ? null
        : (consequence + Errno.describe(ack.errno()) + text).strip();
  }

  /** Once per failure, not per attempt. */
  private void report(String now) {
    if (now != null && !now.equals(failure)) {
      publishing.publish(new LinkEvent.Failed("packet filter", now));
    }
    failure = now;
  }
}
