package io.keepstream.lvs.ipvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a table as {@code ipvsadm -Sn} does. */
public final class IpvsadmFormat {
  private IpvsadmFormat() {}

  /** One line per service and destination. */
  public static List<String> lines(ServiceTable table) {
    List<String> lines = new ArrayList<>();
    for (ServiceTable.Entry entry : table.entries().values()) {
      lines.add("-A " + key(entry.service().key()) + settings(entry.service()));
      for (Destination destination : entry.destinations().values()) {
        lines.add("-a " + key(entry.service().key()) + " -r " + settings(destination));
      }
    }
    return lines;
  }

  private static String key(ServiceKey key) {
    return switch (key) {
      case ServiceKey.Address address ->
          switch (address.protocol()) {
                case TCP -> "-t ";
                case UDP -> "-u ";
                case SCTP -> "--sctp-service ";
              }
              + address.toString().substring(address.protocol().name().length() + 1);
      case ServiceKey.FirewallMark(var family, var mark) ->
          "-f " + mark + (family == Family.IPV6 ? " -6" : "");
    };
  }

  private static String settings(VirtualService service) {
    StringBuilder line = new StringBuilder(" -s ").append(service.scheduler());
    if (service.flags().contains(ServiceFlag.PERSISTENT)) {
      line.append(" -p ").append(service.persistence().seconds());
    }
    int netmask = service.persistence().netmask();
    if (netmask != service.key().family().hostNetmask()) {
      String mask =
          "%d.%d.%d.%d"
              .formatted(netmask >>> 24, netmask >>> 16 & 255, netmask >>> 8 & 255, netmask & 255);
      line.append(" -M ").append(service.key().family() == Family.IPV4 ? mask : netmask);
    }
    if (!service.persistence().engine().isEmpty()) {
      line.append(" --pe ").append(service.persistence().engine());
    }
    if (service.flags().contains(ServiceFlag.ONE_PACKET)) {
      line.append(" -o");
    }
    String flags =
        service.flags().stream()
            .filter(flag -> flag.bit() >= ServiceFlag.SCHEDULER_1.bit())
            .map(flag -> flag(service.scheduler(), flag))
            .filter(flag -> !flag.isEmpty())
            .collect(Collectors.joining(","));
    return line + (flags.isEmpty() ? "" : " -b " + flags);
  }

  private static String flag(String scheduler, ServiceFlag flag) {
    boolean hashing = scheduler.equals("sh") || scheduler.equals("mh");
    return switch (flag) {
      case SCHEDULER_1 -> hashing ? scheduler + "-fallback" : "flag-1";
      case SCHEDULER_2 -> hashing ? scheduler + "-port" : "flag-2";
      case SCHEDULER_3 -> hashing ? "" : "flag-3";
      case PERSISTENT, ONE_PACKET, MASQUERADE -> "";
    };
  }

  private static String settings(Destination destination) {
    String method =
        switch (destination.forwarding().method()) {
          case MASQUERADE, LOCAL, BYPASS -> "-m";
          case DIRECT_ROUTE -> "-g";
          case TUNNEL -> "-i";
        };
    StringBuilder line = new StringBuilder();
    line.append(destination.key()).append(' ').append(method);
    line.append(" -w ").append(destination.weight());
    if (destination.forwarding().method() == ForwardingMethod.TUNNEL) {
      Tunnel tunnel = destination.forwarding().tunnel();
      line.append(" --tun-type ").append(tunnel.type().name().toLowerCase(Locale.ROOT));
      line.append(tunnel.port() == 0 ? "" : " --tun-port " + tunnel.port());
      line.append(
          switch (tunnel.checksum()) {
            case NONE -> "";
            case FULL -> " --tun-csum";
            case REMOTE -> " --tun-remcsum";
          });
    }
    return line.toString();
  }
}
