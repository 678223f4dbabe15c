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
import io.keepstream.linux.netlink.NfTable.Element;
import io.keepstream.linux.wire.NetlinkMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Our tables in the kernel's packet filter, brought from what they hold to what they should hold by
 * one transaction each time. Set by netlink, a rule is in force when the call returns: before the
 * address it protects is set, and without a program to wait for.
 */
final class TrafficFilter {
  private static final int ELEMENTS_PER_MESSAGE = 150;
  private static final int MESSAGES_PER_BATCH = 5;

  private final Libc libc;
  private final Publishing publishing;
  private NfNetlink netlink;
  private FilterConfig built;
  private Map<Place, Set<Element>> elements = Map.of();
  private String failure;

  TrafficFilter(Libc libc, Publishing publishing) {
    this.libc = libc;
    this.publishing = publishing;
  }

  /** Has the tables as {@code config} says hold {@code wanted}. */
  void hold(FilterConfig config, Map<Place, Set<Element>> wanted) {
    if (!config.equals(built)) {
      remove();
      build(config, wanted);
    } else if (!wanted.equals(elements)) {
      List<NetlinkMessage> changes = new ArrayList<>(removals(wanted));
      changes.addAll(additions(elements, wanted));
      if (commit(changes) instanceof Ack.Done) {
        elements = wanted;
      } else {
        build(config, wanted); // somebody has meddled with the tables
      }
    }
  }

  /** Removes the tables, if there are any of ours. */
  void remove() {
    if (built != null) {
      report(commit(FilterRules.remove(built)));
      built = null;
      elements = Map.of();
    }
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

  private void build(FilterConfig config, Map<Place, Set<Element>> wanted) {
    Ack ack = commit(new FilterRules(config).build());
    built = config;
    elements = wanted;
    if (ack instanceof Ack.Done) {
      List<NetlinkMessage> additions = additions(Map.of(), wanted);
      for (int i = 0; i < additions.size(); i += MESSAGES_PER_BATCH) {
        ack = commit(additions.subList(i, Math.min(additions.size(), i + MESSAGES_PER_BATCH)));
      }
    }
    report(ack);
  }

  private List<NetlinkMessage> removals(Map<Place, Set<Element>> wanted) {
    List<NetlinkMessage> messages = new ArrayList<>();
    elements.forEach(
        (place, before) -> {
          Set<Element> gone = new HashSet<>(before);
          gone.removeAll(wanted.getOrDefault(place, Set.of()));
          for (List<Element> some : chunks(gone)) {
            messages.add(place.table(built).remove(place.set(), some));
          }
        });
    return messages;
  }

  private List<NetlinkMessage> additions(
      Map<Place, Set<Element>> before, Map<Place, Set<Element>> wanted) {
    List<NetlinkMessage> messages = new ArrayList<>();
    wanted.forEach(
        (place, all) -> {
          Set<Element> fresh = new HashSet<>(all);
          fresh.removeAll(before.getOrDefault(place, Set.of()));
          for (List<Element> some : chunks(fresh)) {
            messages.add(place.table(built).add(place.set(), some));
          }
        });
    return messages;
  }

  private static List<List<Element>> chunks(Set<Element> elements) {
    List<Element> all = List.copyOf(elements);
    List<List<Element>> chunks = new ArrayList<>();
    for (int i = 0; i < all.size(); i += ELEMENTS_PER_MESSAGE) {
      chunks.add(all.subList(i, Math.min(all.size(), i + ELEMENTS_PER_MESSAGE)));
    }
    return chunks;
  }

  private Ack commit(List<NetlinkMessage> changes) {
    try {
      if (netlink == null) {
        netlink = NfNetlink.open(libc);
      }
      return netlink.commit(changes);
    } catch (ErrnoException e) {
      return new Ack.Refused(e.errno(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Ack.Refused(Errno.EMSGSIZE, e.getMessage());
    }
  }

  /** Once per failure, not per attempt. */
  private void report(Ack ack) {
    String now =
        ack instanceof Ack.Done
            ? null
            : "not set, virtual addresses accept all traffic: %s %s"
                .formatted(
                    Errno.describe(ack.errno()),
                    ack instanceof Ack.Refused refused ? refused.text() : "");
    if (now != null && !now.equals(failure)) {
      publishing.publish(new LinkEvent.Failed("packet filter", now.strip()));
    }
    failure = now;
  }
}
