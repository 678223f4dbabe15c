package io.keepstream.lvs.wire;

import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.lvs.ipvs.Numbered;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.ipvs.Tunnel;
import io.keepstream.lvs.wire.IpvsAnswers.DestinationEntry;
import java.util.Optional;

/** Collects the attributes of a destination. */
final class DestinationFields {
  private static final int METHOD_MASK = 7;

  private int family;
  private byte[] address = new byte[0];
  private int port;
  private int method;
  private int weight;
  private long upperThreshold;
  private long lowerThreshold;
  private long activeConnections;
  private long inactiveConnections;
  private long persistentConnections;
  private int tunnelType;
  private int tunnelPort;
  private int tunnelFlags;
  private Traffic traffic = Traffic.NONE;
  private boolean wideCounters;

  void take(AttributeReader attribute) {
    switch (attribute.type()) {
      case DestinationAttribute.ADDR_FAMILY -> family = attribute.u16();
      case DestinationAttribute.ADDR -> address = attribute.bytes();
      case DestinationAttribute.PORT -> port = attribute.netU16();
      case DestinationAttribute.FWD_METHOD -> method = attribute.int32() & METHOD_MASK;
      case DestinationAttribute.WEIGHT -> weight = attribute.int32();
      case DestinationAttribute.U_THRESH -> upperThreshold = attribute.u32();
      case DestinationAttribute.L_THRESH -> lowerThreshold = attribute.u32();
      case DestinationAttribute.ACTIVE_CONNS -> activeConnections = attribute.u32();
      case DestinationAttribute.INACT_CONNS -> inactiveConnections = attribute.u32();
      case DestinationAttribute.PERSIST_CONNS -> persistentConnections = attribute.u32();
      case DestinationAttribute.TUN_TYPE -> tunnelType = attribute.u8();
      case DestinationAttribute.TUN_PORT -> tunnelPort = attribute.netU16();
      case DestinationAttribute.TUN_FLAGS -> tunnelFlags = attribute.u16();
      case DestinationAttribute.STATS -> {
        if (!wideCounters) {
          traffic = IpvsAnswers.traffic(attribute.nested());
        }
      }
      case DestinationAttribute.STATS64 -> {
        wideCounters = true;
        traffic = IpvsAnswers.traffic(attribute.nested());
      }
      default -> {}
    }
  }

  Optional<DestinationEntry> entry() {
    return Numbered.of(Family.values(), family)
        .flatMap(known -> known.address(address))
        .flatMap(
            where ->
                forwarding()
                    .map(
                        forwarding ->
                            new Destination(
                                new DestinationKey(where, port),
                                weight,
                                forwarding,
                                upperThreshold,
                                lowerThreshold)))
        .map(
            destination ->
                new DestinationEntry(
                    destination,
                    new Connections(activeConnections, inactiveConnections, persistentConnections),
                    traffic));
  }

  private Optional<Forwarding> forwarding() {
    return Numbered.of(ForwardingMethod.values(), method)
        .flatMap(
            known ->
                known == ForwardingMethod.TUNNEL
                    ? tunnel().map(Forwarding::through)
                    : Optional.of(Forwarding.of(known)));
  }

  private Optional<Tunnel> tunnel() {
    return Numbered.of(Tunnel.Type.values(), tunnelType)
        .flatMap(
            type ->
                Numbered.of(Tunnel.Checksum.values(), tunnelFlags)
                    .map(checksum -> new Tunnel(type, tunnelPort, checksum)));
  }
}
