package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.election.link.ExtraAnnounce;
import io.keepstream.election.link.LinkConfig;
import io.keepstream.election.link.Vmac;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads which interfaces the instances use and puts their addresses there. One reader reads all
 * instances, because they share names.
 */
final class LinkReader {
  private static final int LONGEST_NAME = 15;

  private final Section global;
  private final Consumer<Diagnostic> problems;
  private final VmacNames names = new VmacNames();
  private final Map<String, String> owners = new HashMap<>();
  private final String prefix;
  private final String addressPrefix;

  LinkReader(Section root, Consumer<Diagnostic> problems) {
    this.global = Words.joined(root, "global_defs");
    this.problems = problems;
    this.prefix = Words.first(global, "vmac_prefix").orElse("vrrp");
    this.addressPrefix = Words.first(global, "vmac_addr_prefix").orElse(prefix);
  }

  /**
   * The same instance with its interfaces, its addresses on them.
   *
   * @param strict whether it keeps to the RFC, so that Accept_Mode is off until asked for
   */
  InstanceConfig read(Section block, InstanceConfig instance, boolean strict) {
    Vmac own = block.last("use_vmac").map(line -> own(block, line, instance)).orElse(null);
    boolean fromBase = instance.wire().unicast() || block.has("vmac_xmit_base");
    Housing housing = new Housing(block, instance, own);
    List<VirtualAddress> addresses = instance.addresses().stream().map(housing::place).toList();
    List<VirtualAddress> excluded = instance.excluded().stream().map(housing::place).toList();
    LinkConfig link =
        new LinkConfig(
            own,
            own != null && fromBase,
            List.copyOf(housing.vmacs.values()),
            accepts(block, instance, strict),
            block.has("track_src_ip") && instance.wire().source() != null,
            extraAnnounce(block));
    return instance.on(link, addresses, excluded);
  }

  private Vmac own(Section block, Statement line, InstanceConfig instance) {
    VmacWords words = VmacWords.read(line, instance.router().vrid(), problems);
    if (words.name() != null && !names.take(words.name())) {
      problems.accept(
          Diagnostic.error(
              line.position(), "the name %s is used by another VMAC".formatted(words.name())));
    }
    String base = instance.router().networkInterface();
    claim(block, base, instance.ipv6(), line.position());
    int vrid = instance.router().vrid();
    return new Vmac(
        words.name() != null
            ? words.name()
            : generated(prefix, vrid, instance.ipv6(), line.position()),
        base,
        words.mac() == null ? Vmac.standardMac(vrid, instance.ipv6()) : words.mac(),
        instance.ipv6(),
        words.group(),
        words.notifyBase());
  }

  private String generated(String start, int vrid, boolean ipv6, Position position) {
    String name = names.next(start, vrid, ipv6);
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c == '/' || c <= ' ')) {
      problems.accept(
          Diagnostic.error(
              position,
              "found the generated VMAC name \"%s\", expected at most %d characters without / or blank;"
                  .concat(" change vmac_prefix or vmac_addr_prefix")
                  .formatted(name, LONGEST_NAME)));
    }
    return name;
  }

  /** Two interfaces with the same MAC on one base would each get half of the frames. */
  private void claim(Section block, String base, boolean ipv6, Position position) {
    String key =
        "virtual_router_id %s on %s (%s)"
            .formatted(block.text("virtual_router_id").orElse(""), base, ipv6 ? "inet6" : "inet");
    String owner = owners.putIfAbsent(key, block.name());
    if (owner != null && !owner.equals(block.name())) {
      problems.accept(
          Diagnostic.error(position, "the VMAC of %s belongs to %s".formatted(key, owner)));
    }
  }

  private static boolean accepts(Section block, InstanceConfig instance, boolean strict) {
    boolean refuses = strict ? !block.has("accept") : block.has("no_accept");
    return instance.machine().owner() || !refuses;
  }

  private ExtraAnnounce extraAnnounce(Section block) {
    return Stream.of(block.last("garp_extra_if"), block.last("vmac_garp_intvl"))
        .flatMap(line -> line.stream())
        .findFirst()
        .or(() -> global.last("vrrp_garp_extra_if"))
        .or(() -> global.last("vrrp_vmac_garp_intvl"))
        .map(LinkReader::extraAnnounce)
        .orElse(ExtraAnnounce.NONE);
  }

  private static ExtraAnnounce extraAnnounce(Statement line) {
    long seconds = Numbers.integer(line.arguments().getLast().text()).orElse(0);
    return new ExtraAnnounce(TimeUnit.SECONDS.toNanos(seconds), line.argument(0).equals("all"));
  }

  /** Finds the interface of each address of one instance, and makes VMACs where they are asked. */
  private final class Housing {
    private final Section block;
    private final InstanceConfig instance;
    private final Vmac own;
    private final Set<InetAddress> flagged = new HashSet<>();
    private final Map<String, Vmac> vmacs = new HashMap<>();

    Housing(Section block, InstanceConfig instance, Vmac own) {
      this.block = block;
      this.instance = instance;
      this.own = own;
      List<Statement> lines = new ArrayList<>(block.lines("virtual_ipaddress"));
      lines.addAll(block.lines("virtual_ipaddress_excluded"));
      lines.stream()
          .filter(line -> Words.hasOption(line, "use_vmac"))
          .flatMap(line -> Addresses.lenientPrefix(line.keyword().text()).stream())
          .forEach(read -> flagged.add(read.address()));
    }

    VirtualAddress place(VirtualAddress address) {
      boolean ipv6 = address.address() instanceof Inet6Address;
      String device = address.networkInterface();
      boolean home = device.equals(instance.router().networkInterface());
      if (home && own != null && ipv6 == instance.ipv6()) {
        return address.on(own.name());
      }
      boolean vmac = flagged.contains(address.address()) || (!home && block.has("use_vmac_addr"));
      return vmac
          ? address.on(vmacs.computeIfAbsent(device + ipv6, key -> vmac(device, ipv6)).name())
          : address;
    }

    private Vmac vmac(String device, boolean ipv6) {
      int vrid = instance.router().vrid();
      claim(block, device, ipv6, block.position());
      return new Vmac(
          generated(addressPrefix, vrid, ipv6, block.position()),
          device,
          Vmac.standardMac(vrid, ipv6),
          ipv6,
          OptionalInt.empty(),
          false);
    }
  }
}
