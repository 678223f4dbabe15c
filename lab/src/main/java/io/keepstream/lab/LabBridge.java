package io.keepstream.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An Ethernet switch of a {@link NamespaceLab}. Its loss rules act between ports, so a multicast
 * frame may reach one host and miss another.
 */
public final class LabBridge {
  /** The bridge's own interface, on which a witness sees every frame before any loss. */
  public static final String DEVICE = "br0";

  private final String name;
  private final LabHost host;
  private final List<Port> ports = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();

  /** The switch's end of a cable. */
  record Port(String device, LabHost bridge, LabHost owner) {
    void set(String upOrDown) {
      bridge.ip("link set " + device + " " + upOrDown);
    }
  }

  LabBridge(String name, LabHost host) {
    this.name = name;
    this.host = host;
    host.ip(
        "link add " + DEVICE + " type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
        "link set " + DEVICE + " up");
  }

  public String name() {
    return name;
  }

  /** The host that is the switch itself: run captures and {@code nft} here. */
  public LabHost host() {
    return host;
  }

  Port connect(LabHost owner, String device) {
    Port port = new Port("port" + (ports.size() + 1), host, owner);
    String cable =
        "link add %s netns %s type veth peer name %s netns %s\n"
            .formatted(port.device(), host.namespace(), device, owner.namespace());
    Commands.mustRead(cable, "ip", "-batch", "-");
    host.ip("link set " + port.device() + " master " + DEVICE + " up");
    ports.add(port);
    return port;
  }

  /** Loses this share of all frames, each receiver's copy on its own. */
  public void lose(int percent) {
    drop("", percent);
  }

  /** Loses this share of the frames from one host to another; the way back is not touched. */
  public void lose(LabHost from, LabHost to, int percent) {
    drop(between(port -> port.owner() == from, port -> port.owner() == to), percent);
  }

  /** Cuts these hosts off from all others, in both directions. */
  public void partition(LabHost... island) {
    Predicate<Port> inside = port -> List.of(island).contains(port.owner());
    rules.add(between(inside, inside.negate()) + " drop");
    drop(between(inside.negate(), inside), 100);
  }

  /** Takes all losses and partitions back. */
  public void heal() {
    rules.clear();
    apply();
  }

  private void drop(String frames, int percent) {
    String chance = percent == 100 ? "" : " numgen random mod 100 < " + percent;
    rules.add(frames + chance + " drop");
    apply();
  }

  private String between(Predicate<Port> from, Predicate<Port> to) {
    return "iifname { %s } oifname { %s }".formatted(devices(from), devices(to));
  }

  private String devices(Predicate<Port> wanted) {
    String devices =
        ports.stream().filter(wanted).map(Port::device).collect(Collectors.joining(", "));
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("no such port on " + name);
    }
    return devices;
  }

  private void apply() {
    String table =
        """
        table bridge lab {}
        delete table bridge lab
        table bridge lab {
          chain forward {
            type filter hook forward priority 0
            %s
          }
        }
        """
            .formatted(String.join("\n    ", rules));
    Commands.mustRead(table, "ip", "netns", "exec", host.namespace(), "nft", "-f", "-");
  }
}
