package io.keepstream.election.edge;

import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.StaticItem;
import io.keepstream.election.config.VirtualAddress;
import java.util.List;

/** What is in the kernel's tables from start to stop, whoever is MASTER. */
final class StaticItems implements KernelTables.Holder {
  private final KernelTables tables;
  private List<StaticItem> statics = List.of();

  StaticItems(KernelTables tables) {
    this.tables = tables;
  }

  /** Goes over to another list by difference. */
  void configure(List<StaticItem> next) {
    List<KernelItem> wanted = items(next);
    List<Object> identities = wanted.stream().map(KernelItem::identity).toList();
    List<KernelItem> gone =
        items(statics).stream().filter(each -> !identities.contains(each.identity())).toList();
    statics = next;
    tables.release(this, gone.reversed(), false);
    tables.claim(this, wanted);
  }

  /** Why an instance cannot take part. */
  List<String> faults(String instance) {
    return statics.stream()
        .filter(each -> each.item().tracked() && each.faulted().contains(instance))
        .filter(each -> !tables.isInForce(each.item()))
        .map(each -> "static " + each.item().text() + " is missing")
        .toList();
  }

  /** Removes all of them. */
  void shutdown() {
    configure(List.of());
  }

  @Override
  public String name() {
    return "static";
  }

  @Override
  public void restored(List<VirtualAddress> addresses) {
    // Nobody had been told of them either.
  }

  private static List<KernelItem> items(List<StaticItem> statics) {
    return statics.stream().map(StaticItem::item).toList();
  }
}
