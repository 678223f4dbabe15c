package io.keepstream.lvs.ipvs;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A thread of the kernel that tells other directors of connections, or hears of theirs.
 *
 * @param device the interface it sends or listens on
 * @param syncId 0 to 255; who listens takes only what has the same
 */
public record SyncDaemon(Role role, String device, int syncId, Channel channel) {
  private static final int LEAST_BACKUP_BYTES = 1024;
  private static final int MOST_BACKUP_BYTES = 64_511;

  /** What it does. */
  public enum Role implements Numbered {
    MASTER(1),
    BACKUP(2);

    private final int number;

    Role(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }

    /** The word for people. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How it sends.
   *
   * @param maxBytes the longest packet; 0 for the kernel's choice
   * @param port UDP; 0 for the kernel's choice
   * @param ttl of the packets; 0 for the kernel's choice
   * @param group where packets go; empty for the kernel's choice
   */
  public record Channel(int maxBytes, int port, int ttl, Optional<InetAddress> group) {
    /** All as the kernel chooses. */
    public static final Channel KERNELS = new Channel(0, 0, 0, Optional.empty());
  }

  /** Whether a daemon that runs is this one; what this one leaves to the kernel may be anything. */
  public boolean isLike(SyncDaemon running) {
    Channel theirs = running.channel;
    return role == running.role
        && device.equals(running.device)
        && syncId == running.syncId
        && (channel.maxBytes == 0 || effectiveBytes() == theirs.maxBytes)
        && (channel.port == 0 || channel.port == theirs.port)
        && (channel.ttl == 0 || channel.ttl == theirs.ttl)
        && (channel.group.isEmpty() || channel.group.equals(theirs.group));
  }

  /** What the kernel makes of the longest packet. */
  private int effectiveBytes() {
    return switch (role) {
      case MASTER -> channel.maxBytes;
      case BACKUP -> Math.clamp(channel.maxBytes, LEAST_BACKUP_BYTES, MOST_BACKUP_BYTES);
    };
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(device).append(", id ").append(syncId);
    if (channel.maxBytes > 0) {
      text.append(", maxlen ").append(channel.maxBytes);
    }
    channel.group.ifPresent(group -> text.append(", group ").append(group.getHostAddress()));
    if (channel.port > 0) {
      text.append(", port ").append(channel.port);
    }
    if (channel.ttl > 0) {
      text.append(", ttl ").append(channel.ttl);
    }
    return text.toString();
  }
}
