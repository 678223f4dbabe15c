package io.keepstream.lvs.wire;

import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Numbered;
import io.keepstream.lvs.ipvs.SyncDaemon;
import java.net.InetAddress;
import java.util.Optional;

/** Collects the attributes of a sync daemon. */
final class DaemonFields {
  private long state;
  private String device = "";
  private int syncId;
  private int maxBytes;
  private int port;
  private int ttl;
  private Optional<InetAddress> group = Optional.empty();

  void take(AttributeReader attribute) {
    switch (attribute.type()) {
      case DaemonAttribute.STATE -> state = attribute.u32();
      case DaemonAttribute.MCAST_IFN -> device = attribute.string();
      case DaemonAttribute.SYNC_ID -> syncId = attribute.int32();
      case DaemonAttribute.SYNC_MAXLEN -> maxBytes = attribute.u16();
      case DaemonAttribute.MCAST_GROUP -> group = Family.IPV4.address(attribute.bytes());
      case DaemonAttribute.MCAST_GROUP6 -> group = Family.IPV6.address(attribute.bytes());
      case DaemonAttribute.MCAST_PORT -> port = attribute.u16();
      case DaemonAttribute.MCAST_TTL -> ttl = attribute.u8();
      default -> {}
    }
  }

  Optional<SyncDaemon> daemon() {
    SyncDaemon.Channel channel = new SyncDaemon.Channel(maxBytes, port, ttl, group);
    return Numbered.of(SyncDaemon.Role.values(), state)
        .map(role -> new SyncDaemon(role, device, syncId, channel));
  }
}
