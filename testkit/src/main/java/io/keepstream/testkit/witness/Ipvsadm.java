package io.keepstream.testkit.witness;

import io.keepstream.lab.LabHost;
import java.util.List;
import java.util.Map;

/** Reads a host's IPVS table through {@code ipvsadm}. */
public final class Ipvsadm {
  private final LabHost host;

  public Ipvsadm(LabHost host) {
    this.host = host;
  }

  /**
   * A virtual service.
   *
   * @param protocol {@code TCP}, {@code UDP}, {@code SCTP} or {@code FWM}
   * @param address {@code 10.0.0.1:80}, {@code [fd00::1]:80}, or the firewall mark
   * @param scheduler {@code rr}, {@code wlc} ...
   * @param options all other words, such as {@code -p 300}, in ipvsadm's order
   */
  public record Service(
      String protocol,
      String address,
      String scheduler,
      List<String> options,
      List<Server> servers) {}

  /**
   * A destination.
   *
   * @param forwarding {@code -m} masquerading, {@code -g} direct routing, {@code -i} tunnel
   * @param options all other words, such as {@code -x 10}
   */
  public record Server(String address, String forwarding, int weight, List<String> options) {}

  /** Totals of a service or destination since it was added. */
  public record Counters(
      long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {}

  /** The table, in the kernel's order ({@code ipvsadm -Sn}). */
  public List<Service> table() {
    return IpvsadmText.table(output("-Sn"));
  }

  /**
   * Totals by {@code TCP 10.0.0.1:80} for services and {@code TCP 10.0.0.1:80 -> 10.0.0.2:80} for
   * destinations ({@code ipvsadm -Ln --stats --exact}). The kernel adds them up every two seconds.
   */
  public Map<String, Counters> counters() {
    return IpvsadmText.counters(output("-Ln", "--stats", "--exact"));
  }

  private String output(String... options) {
    String[] command = new String[options.length + 1];
    command[0] = "ipvsadm";
    System.arraycopy(options, 0, command, 1, options.length);
    return host.run(command).orThrow("ipvsadm").text();
  }
}
