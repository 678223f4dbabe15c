package io.keepstream.election.edge;

import io.keepstream.contract.event.LinkEvent;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.LinkNetlink;
import io.keepstream.linux.netlink.Outcome;
import io.keepstream.linux.wire.RtNetlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Settings of the kernel that are other than they were for as long as we need it. What a setting
 * was is remembered before it is changed, and comes back when it is not needed any more, unless
 * somebody else has changed it meanwhile.
 *
 * <p>Settings of an interface are written by netlink, which also works where {@code /proc/sys} may
 * not be written, as in containers.
 */
final class KernelSettings {
  static final String ARP_IGNORE = "arp_ignore";
  static final String ARP_FILTER = "arp_filter";
  static final String ARP_ANNOUNCE = "arp_announce";
  static final String RP_FILTER = "rp_filter";

  private static final Path PROC_SYS = Path.of("/proc/sys");
  private static final String IPV4_CONF = "net/ipv4/conf/";
  private static final Map<String, Integer> NUMBERS =
      Map.of(
          ARP_IGNORE, RtNetlink.IPV4_DEVCONF_ARP_IGNORE,
          ARP_FILTER, RtNetlink.IPV4_DEVCONF_ARP_FILTER,
          ARP_ANNOUNCE, RtNetlink.IPV4_DEVCONF_ARP_ANNOUNCE,
          RP_FILTER, RtNetlink.IPV4_DEVCONF_RP_FILTER);

  /**
   * A setting.
   *
   * @param interfaceIndex the interface it is of, or 0
   * @param name such as {@code arp_ignore}; without interface the path below {@code /proc/sys}
   */
  record Setting(int interfaceIndex, String name) {
    /** A setting of the whole system. */
    static Setting ofSystem(String path) {
      return new Setting(0, path);
    }
  }

  /** What a setting was and what we have made of it. */
  private record Changed(int from, int to) {}

  private final Interfaces interfaces;
  private final LinkNetlink changes;
  private final Publishing publishing;
  private final Map<Setting, Changed> changed = new LinkedHashMap<>();
  private final Map<Setting, String> failures = new HashMap<>(); // told once, tried again and again

  KernelSettings(Interfaces interfaces, LinkNetlink changes, Publishing publishing) {
    this.interfaces = interfaces;
    this.changes = changes;
    this.publishing = publishing;
  }

  /** What a setting was before we changed it, or is; empty if there is no such setting. */
  OptionalInt original(Setting key) {
    Changed known = changed.get(key);
    return known == null ? read(key) : OptionalInt.of(known.from());
  }

  /**
   * Has the kernel's settings be as wanted, in their order, and others of ours as they were.
   *
   * @param remember is called after it is known what is to be changed, and before that is changed
   */
  void follow(Map<Setting, Integer> wanted, Runnable remember) {
    List<Setting> gone = new ArrayList<>(changed.keySet());
    gone.removeAll(wanted.keySet());
    gone.reversed().forEach(this::restore);
    Map<Setting, Changed> fresh = new LinkedHashMap<>();
    wanted.forEach(
        (key, value) -> {
          OptionalInt now = read(key);
          if (now.isPresent() && now.getAsInt() != value) {
            fresh.put(key, new Changed(original(key).orElse(value), value));
          }
        });
    changed.putAll(fresh);
    if (!fresh.isEmpty() || !gone.isEmpty()) {
      remember.run();
    }
    fresh.forEach((key, change) -> write(key, change.from(), change.to()));
  }

  /** As lines, for {@link #recall}. */
  List<String> lines() {
    return changed.entrySet().stream()
        .map(
            each ->
                "setting %d %s %d %d"
                    .formatted(
                        each.getKey().interfaceIndex(),
                        each.getKey().name(),
                        each.getValue().from(),
                        each.getValue().to()))
        .toList();
  }

  /** Takes a line of an earlier run for its own; lines of others mean nothing. */
  void recall(String line) {
    String[] words = line.split(" ", -1);
    if (words.length == 5 && words[0].equals("setting") && !words[2].contains("..")) {
      try {
        changed.put(
            new Setting(Integer.parseInt(words[1]), words[2]),
            new Changed(Integer.parseInt(words[3]), Integer.parseInt(words[4])));
      } catch (NumberFormatException e) {
        ElectionEngine.LOG.warn("not understood: {}", line);
      }
    }
  }

  private void restore(Setting key) {
    Changed change = changed.remove(key);
    OptionalInt now = read(key);
    if (now.isPresent() && now.getAsInt() == change.to()) {
      write(key, change.to(), change.from());
    }
  }

  private OptionalInt read(Setting key) {
    try {
      String path = path(key);
      return path == null
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(Files.readString(PROC_SYS.resolve(path)).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private void write(Setting key, int from, int to) {
    String path = path(key);
    String failure = key.interfaceIndex() == 0 ? writeFile(path, to) : writeLink(key, to);
    if (failure == null) {
      failures.remove(key);
      publishing.publish(new LinkEvent.SettingChanged(path, from, to));
    } else if (!failure.equals(failures.put(key, failure))) {
      publishing.publish(new LinkEvent.Failed(path, "not set to " + to + ": " + failure));
    }
  }

  private String writeLink(Setting key, int value) {
    Map<Integer, Integer> setting = Map.of(NUMBERS.get(key.name()), value);
    return changes.setIpv4(key.interfaceIndex(), setting) instanceof Outcome.Failed failed
        ? failed.toString()
        : null;
  }

  /** Writes a number below {@code /proc/sys}; why it failed, or null. */
  static String writeFile(String path, int value) {
    try {
      Files.writeString(PROC_SYS.resolve(path), Integer.toString(value));
      return null;
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Null if its interface is gone. */
  private String path(Setting key) {
    if (key.interfaceIndex() == 0) {
      return key.name();
    }
    Link link = interfaces.link(key.interfaceIndex());
    return link == null || !NUMBERS.containsKey(key.name())
        ? null
        : IPV4_CONF + link.name() + "/" + key.name();
  }
}
