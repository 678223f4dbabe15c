package io.keepstream.election.edge;

import io.keepstream.linux.netlink.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Has the kernel keep the other IPv4 addresses of a subnet on an interface when the first of them
 * is removed ({@code promote_secondaries}). What was set before is set again at the end.
 */
final class SecondaryPromotion {
  private static final String ON = "1";

  private Link link;
  private String before = ON;

  /** Sets it on an interface that is new or another; null for none. */
  void follow(Link next) {
    boolean known = next != null && link != null && next.index() == link.index();
    if (known) {
      return;
    }
    link = next;
    if (link != null) {
      try {
        before = Files.readString(file()).strip();
        Files.writeString(file(), ON);
      } catch (IOException e) {
        before = ON;
        ElectionEngine.LOG.warn(
            "promote_secondaries cannot be set on {}: {}", link.name(), e.getMessage());
      }
    }
  }

  /** Puts back what was set before. */
  void restore() {
    if (link != null && !before.equals(ON)) {
      try {
        Files.writeString(file(), before);
      } catch (IOException e) {
        ElectionEngine.LOG.debug("promote_secondaries of {} stays: {}", link.name(), e.toString());
      }
    }
    link = null;
  }

  private Path file() {
    return Path.of("/proc/sys/net/ipv4/conf", link.name(), "promote_secondaries");
  }
}
