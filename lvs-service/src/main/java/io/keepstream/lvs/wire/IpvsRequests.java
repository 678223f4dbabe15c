package io.keepstream.lvs.wire;

import static io.keepstream.lvs.wire.IpvsCommand.DEL_DAEMON;
import static io.keepstream.lvs.wire.IpvsCommand.DEL_DEST;
import static io.keepstream.lvs.wire.IpvsCommand.DEL_SERVICE;
import static io.keepstream.lvs.wire.IpvsCommand.GET_CONFIG;
import static io.keepstream.lvs.wire.IpvsCommand.GET_DAEMON;
import static io.keepstream.lvs.wire.IpvsCommand.GET_DEST;
import static io.keepstream.lvs.wire.IpvsCommand.GET_INFO;
import static io.keepstream.lvs.wire.IpvsCommand.GET_SERVICE;
import static io.keepstream.lvs.wire.IpvsCommand.NEW_DAEMON;
import static io.keepstream.lvs.wire.IpvsCommand.NEW_DEST;
import static io.keepstream.lvs.wire.IpvsCommand.NEW_SERVICE;
import static io.keepstream.lvs.wire.IpvsCommand.SET_CONFIG;
import static io.keepstream.lvs.wire.IpvsCommand.SET_DEST;
import static io.keepstream.lvs.wire.IpvsCommand.SET_SERVICE;

import io.keepstream.linux.wire.Genetlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.Tunnel;
import io.keepstream.lvs.ipvs.VirtualService;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Requests to the IPVS family. Flags that say what kind of netlink request it is are left to the
 * sender.
 *
 * @param familyId the number the running kernel has given to the family
 */
public record IpvsRequests(int familyId) {
  static final int VERSION = 1;
  static final int ADDRESS_BYTES = 16;
  private static final long ALL_FLAGS = 0xFFFF_FFFFL;

  public NetlinkMessage add(VirtualService service) {
    return command(NEW_SERVICE, writer -> whole(writer, service));
  }

  public NetlinkMessage set(VirtualService service) {
    return command(SET_SERVICE, writer -> whole(writer, service));
  }

  /** Removes a service and its destinations. */
  public NetlinkMessage remove(ServiceKey service) {
    return command(DEL_SERVICE, writer -> identify(writer, service));
  }

  public NetlinkMessage add(ServiceKey service, Destination destination) {
    return destination(NEW_DEST, service, writer -> whole(writer, destination));
  }

  public NetlinkMessage set(ServiceKey service, Destination destination) {
    return destination(SET_DEST, service, writer -> whole(writer, destination));
  }

  public NetlinkMessage remove(ServiceKey service, DestinationKey destination) {
    return destination(DEL_DEST, service, writer -> identify(writer, destination));
  }

  /** To be dumped: all services. */
  public NetlinkMessage services() {
    return command(GET_SERVICE, writer -> {});
  }

  /** To be dumped: the destinations of a service; none, and no error, if it does not exist. */
  public NetlinkMessage destinations(ServiceKey service) {
    return command(GET_DEST, writer -> identify(writer, service));
  }

  public NetlinkMessage start(SyncDaemon daemon) {
    return command(NEW_DAEMON, writer -> whole(writer, daemon));
  }

  public NetlinkMessage stop(SyncDaemon.Role role) {
    return command(
        DEL_DAEMON,
        writer ->
            writer.nested(
                CommandAttribute.DAEMON,
                nested -> nested.attrU32(DaemonAttribute.STATE, role.number())));
  }

  /** To be dumped: the sync daemons that run. */
  public NetlinkMessage daemons() {
    return command(GET_DAEMON, writer -> {});
  }

  /** Asks for {@link IpvsInfo}. */
  public NetlinkMessage info() {
    return command(GET_INFO, writer -> {});
  }

  /** Asks for {@link Timeouts}. */
  public NetlinkMessage timeouts() {
    return command(GET_CONFIG, writer -> {});
  }

  public NetlinkMessage set(Timeouts timeouts) {
    return command(
        SET_CONFIG,
        writer ->
            writer
                .attrU32(CommandAttribute.TIMEOUT_TCP, timeouts.tcpSeconds())
                .attrU32(CommandAttribute.TIMEOUT_TCP_FIN, timeouts.tcpFinSeconds())
                .attrU32(CommandAttribute.TIMEOUT_UDP, timeouts.udpSeconds()));
  }

  private NetlinkMessage command(IpvsCommand command, Consumer<NetlinkWriter> attributes) {
    return Genetlink.command(familyId, command.code(), VERSION, 0, attributes);
  }

  private NetlinkMessage destination(
      IpvsCommand command, ServiceKey service, Consumer<NetlinkWriter> destination) {
    return command(
        command,
        writer -> {
          identify(writer, service);
          writer.nested(CommandAttribute.DEST, destination);
        });
  }

  private static void identify(NetlinkWriter writer, ServiceKey service) {
    writer.nested(CommandAttribute.SERVICE, nested -> key(nested, service));
  }

  private static void key(NetlinkWriter writer, ServiceKey service) {
    writer.attrU16(ServiceAttribute.AF, service.family().number());
    switch (service) {
      case ServiceKey.Address(var protocol, var address, var port) ->
          writer
              .attrU16(ServiceAttribute.PROTOCOL, protocol.number())
              .attrBytes(ServiceAttribute.ADDR, padded(address))
              .attrNetU16(ServiceAttribute.PORT, port);
      case ServiceKey.FirewallMark(var family, var mark) ->
          writer.attrU32(ServiceAttribute.FWMARK, mark);
    }
  }

  private static void whole(NetlinkWriter writer, VirtualService service) {
    writer.nested(
        CommandAttribute.SERVICE,
        nested -> {
          key(nested, service.key());
          nested
              .attrString(ServiceAttribute.SCHED_NAME, service.scheduler())
              .attr(
                  ServiceAttribute.FLAGS,
                  flags -> flags.putU32(ServiceFlag.bits(service.flags())).putU32(ALL_FLAGS))
              .attrU32(ServiceAttribute.TIMEOUT, service.persistence().seconds());
          switch (service.key().family()) {
            case IPV4 ->
                nested.attrNetU32(ServiceAttribute.NETMASK, service.persistence().netmask());
            case IPV6 -> nested.attrU32(ServiceAttribute.NETMASK, service.persistence().netmask());
          }
          if (!service.persistence().engine().isEmpty()) {
            nested.attrString(ServiceAttribute.PE_NAME, service.persistence().engine());
          }
        });
  }

  private static void identify(NetlinkWriter writer, DestinationKey destination) {
    writer
        .attrU16(DestinationAttribute.ADDR_FAMILY, Family.of(destination.address()).number())
        .attrBytes(DestinationAttribute.ADDR, padded(destination.address()))
        .attrNetU16(DestinationAttribute.PORT, destination.port());
  }

  private static void whole(NetlinkWriter writer, Destination destination) {
    identify(writer, destination.key());
    ForwardingMethod method = destination.forwarding().method();
    writer
        .attrU32(DestinationAttribute.FWD_METHOD, method.number())
        .attrU32(DestinationAttribute.WEIGHT, destination.weight())
        .attrU32(DestinationAttribute.U_THRESH, destination.upperThreshold())
        .attrU32(DestinationAttribute.L_THRESH, destination.lowerThreshold());
    if (method == ForwardingMethod.TUNNEL) {
      Tunnel tunnel = destination.forwarding().tunnel();
      writer
          .attrU8(DestinationAttribute.TUN_TYPE, tunnel.type().number())
          .attrNetU16(DestinationAttribute.TUN_PORT, tunnel.port())
          .attrU16(DestinationAttribute.TUN_FLAGS, tunnel.checksum().number());
    }
  }

  private static void whole(NetlinkWriter writer, SyncDaemon daemon) {
    SyncDaemon.Channel channel = daemon.channel();
    writer.nested(
        CommandAttribute.DAEMON,
        nested -> {
          nested
              .attrU32(DaemonAttribute.STATE, daemon.role().number())
              .attrString(DaemonAttribute.MCAST_IFN, daemon.device())
              .attrU32(DaemonAttribute.SYNC_ID, daemon.syncId());
          if (channel.maxBytes() > 0) {
            nested.attrU16(DaemonAttribute.SYNC_MAXLEN, channel.maxBytes());
          }
          channel
              .group()
              .ifPresent(group -> nested.attrBytes(attribute(group), group.getAddress()));
          if (channel.port() > 0) {
            nested.attrU16(DaemonAttribute.MCAST_PORT, channel.port());
          }
          if (channel.ttl() > 0) {
            nested.attrU8(DaemonAttribute.MCAST_TTL, channel.ttl());
          }
        });
  }

  private static int attribute(InetAddress group) {
    return switch (Family.of(group)) {
      case IPV4 -> DaemonAttribute.MCAST_GROUP;
      case IPV6 -> DaemonAttribute.MCAST_GROUP6;
    };
  }

  private static byte[] padded(InetAddress address) {
    return Arrays.copyOf(address.getAddress(), ADDRESS_BYTES);
  }
}
