package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.port.AddressTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One virtual router's addresses, routes and rules in the kernel. */
final class KernelAddresses implements AddressTable, KernelTables.Holder {
  private final KernelTables tables;
  private final Consumer<List<VirtualAddress>> announce;
  private InstanceConfig config;

  /**
   * Addresses that are not set yet.
   *
   * @param announce tells the neighbours of addresses that were missing for a while
   */
  KernelAddresses(
      InstanceConfig config, KernelTables tables, Consumer<List<VirtualAddress>> announce) {
    this.config = config;
    this.tables = tables;
    this.announce = announce;
  }

  static List<VirtualAddress> all(InstanceConfig config) {
    List<VirtualAddress> all = new ArrayList<>(config.addresses());
    all.addAll(config.excluded());
    return all;
  }

  /** The addresses as configured now. */
  List<VirtualAddress> addresses() {
    return all(config);
  }

  @Override
  public String name() {
    return config.router().instance();
  }

  @Override
  public void claim() {
    tables.claim(this, config.items());
  }

  @Override
  public void release() {
    tables.release(this, config.items().reversed(), config.machine().owner());
  }

  @Override
  public void restored(List<VirtualAddress> addresses) {
    announce.accept(addresses);
  }

  /**
   * Goes over to another configuration: while we are MASTER only the difference is set and removed.
   *
   * @return the addresses that are new
   */
  List<VirtualAddress> replace(InstanceConfig next, boolean claimed) {
    List<KernelItem> gone = without(config.items(), next.items());
    List<VirtualAddress> fresh = without(all(next), all(config));
    boolean owner = config.machine().owner();
    if (claimed) {
      tables.release(this, gone.reversed(), owner);
    }
    config = next;
    if (claimed) {
      tables.claim(this, next.items());
    }
    return fresh;
  }

  private static <T extends KernelItem> List<T> without(
      List<T> items, List<? extends KernelItem> others) {
    Set<Object> identities = others.stream().map(KernelItem::identity).collect(Collectors.toSet());
    return items.stream().filter(each -> !identities.contains(each.identity())).toList();
  }

  /** Removes what an earlier run has left behind; an owner's addresses are its own and stay. */
  void removeLeftovers() {
    if (!config.machine().owner()) {
      addresses().forEach(tables::removeLeftover);
    }
  }
}
