package io.keepstream.lab;

import static java.util.stream.Collectors.joining;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.namespace.NetworkNamespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A host of a {@link NamespaceLab}: a network namespace with interfaces of free names. */
public final class LabHost {
  private static final Libc LIBC = new ForeignLibc();
  private static final int LONG_WORD = 100;

  private final NamespaceLab lab;
  private final String name;
  private final String namespace;
  private final Map<String, LabBridge.Port> cables = new LinkedHashMap<>();

  LabHost(NamespaceLab lab, String name, String namespace) {
    this.lab = lab;
    this.name = name;
    this.namespace = namespace;
    Commands.must("ip", "netns", "add", namespace);
    ip("link set lo up");
    // Addresses are usable at once, nobody configures them from outside, and the machine's own
    // forwarding is not inherited.
    sysctl(
        "net.ipv4.ip_forward=0",
        "net.ipv6.conf.all.accept_dad=0",
        "net.ipv6.conf.default.accept_dad=0",
        "net.ipv6.conf.all.accept_ra=0",
        "net.ipv6.conf.default.accept_ra=0");
  }

  public NamespaceLab lab() {
    return lab;
  }

  public String name() {
    return name;
  }

  /** The name under which iproute2 knows the namespace. */
  public String namespace() {
    return namespace;
  }

  /** The file that setns(2) opens. */
  public Path namespacePath() {
    return Leftovers.NAMESPACES.resolve(namespace);
  }

  /**
   * Adds an interface, cabled to {@code bridge} and up.
   *
   * @param addresses IPv4 or IPv6 with prefix length
   */
  public LabHost nic(String device, LabBridge bridge, String... addresses) {
    cables.put(device, bridge.connect(this, device));
    List<String> lines = new ArrayList<>(List.of("link set " + device + " up"));
    for (String address : addresses) {
      String unchecked = address.contains(":") ? " nodad" : "";
      lines.add("addr add " + address + " dev " + device + unchecked);
    }
    ip(lines.toArray(String[]::new));
    return this;
  }

  /** Sets kernel variables of this host: {@code net.ipv4.ip_forward=1}. */
  public LabHost sysctl(String... assignments) {
    Commands.must(
        inNamespace(
            Stream.concat(Stream.of("sysctl", "-qw"), Stream.of(assignments))
                .toArray(String[]::new)));
    return this;
  }

  /** Runs lines of {@code ip -batch} that must succeed: {@code route add default via 10.0.0.1}. */
  public LabHost ip(String... lines) {
    Commands.mustRead(String.join("\n", lines) + "\n", "ip", "-n", namespace, "-batch", "-");
    return this;
  }

  /** Pulls the cable of an interface: it loses its carrier. */
  public void unplug(String device) {
    cable(device).set("down");
  }

  /** Puts the cable back. */
  public void plug(String device) {
    cable(device).set("up");
  }

  private LabBridge.Port cable(String device) {
    LabBridge.Port cable = cables.get(device);
    if (cable == null) {
      throw new IllegalArgumentException(
          "%s has no interface %s; it has %s".formatted(name, device, cables.keySet()));
    }
    return cable;
  }

  /** Runs a command in this host for at most 30 seconds. */
  public Output run(String... command) {
    return run(Commands.LIMIT, command);
  }

  /**
   * Runs a command in this host.
   *
   * @throws AssertionError when it does not end within {@code limit}
   */
  public Output run(Duration limit, String... command) {
    return Commands.run(limit, "", List.of(inNamespace(command)));
  }

  /**
   * Starts a command in this host; it ends with the lab at the latest. What it keeps where systemd
   * would tell it to is this host's.
   */
  public LabProcess start(String... command) {
    String title = name + ": " + Stream.of(command).map(LabHost::brief).collect(joining(" "));
    String state = "STATE_DIRECTORY=" + lab.directory().resolve(name + ".state");
    return lab.start(
        title,
        List.of(
            inNamespace(
                Stream.concat(Stream.of("env", state), Stream.of(command))
                    .toArray(String[]::new))));
  }

  /** Class paths and scripts would fill the screen. */
  private static String brief(String word) {
    return word.length() <= LONG_WORD ? word : word.substring(0, LONG_WORD) + "...";
  }

  /** Runs {@code action} on a thread inside this host: sockets it opens stay in this host. */
  public <T> T inside(Callable<T> action) {
    try {
      return NetworkNamespaces.call(LIBC, namespacePath().toString(), action);
    } catch (Exception e) {
      throw new IllegalStateException("inside " + name + ": " + e.getMessage(), e);
    }
  }

  private String[] inNamespace(String... command) {
    return Stream.concat(Stream.of("ip", "netns", "exec", namespace), Stream.of(command))
        .toArray(String[]::new);
  }

  @Override
  public String toString() {
    return name;
  }
}
