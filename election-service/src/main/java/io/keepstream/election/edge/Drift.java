package io.keepstream.election.edge;

import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.VirtualRoute;
import io.keepstream.election.config.VirtualRule;
import io.keepstream.election.edge.KernelTables.Holder;
import io.keepstream.election.plan.Holding;
import io.keepstream.election.plan.Ledger;
import io.keepstream.election.plan.Reconciler;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRule;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what is wanted of the kernel's tables with what is known of them. */
final class Drift {
  /** An entry with the form that it should have in the kernel. */
  private record Wanted<T>(Holding<Holder> holding, T form) {}

  /**
   * What is in the kernel's tables with our mark, for nobody.
   *
   * @param addresses by interface number
   */
  record Surplus(List<Address> addresses, List<IpRoute> routes, List<IpRule> rules) {}

  private static final Reconciler<Wanted<Address>, Address> ADDRESSES =
      new Reconciler<>(wanted -> wanted.form().key(), Address::key, (wanted, actual) -> true);
  private static final Reconciler<Wanted<IpRoute>, IpRoute> ROUTES =
      new Reconciler<>(
          wanted -> wanted.form().key(),
          IpRoute::key,
          (wanted, actual) -> wanted.form().isProvidedBy(actual));
  private static final Reconciler<Wanted<IpRule>, IpRule> RULES =
      new Reconciler<>(Wanted::form, Function.identity(), (wanted, actual) -> true);

  private final Ledger<Holder> ledger;
  private final KernelForm form;
  private final Interfaces interfaces;
  private final RoutingTables routing;
  private boolean changed;

  Drift(Ledger<Holder> ledger, KernelForm form, Interfaces interfaces, RoutingTables routing) {
    this.ledger = ledger;
    this.form = form;
    this.interfaces = interfaces;
    this.routing = routing;
  }

  /** Whether anything but addresses is wanted. */
  boolean concernsRouting() {
    return ledger.holdings().stream().anyMatch(each -> !(each.item() instanceof VirtualAddress));
  }

  /**
   * What should be set: it is missing, it can be there, and it has never been or is to be put back.
   * Notes what cannot be there, and what is there though it could not be set.
   */
  List<Holding<Holder>> missing(long nowNanos) {
    changed = false;
    SequencedSet<Holding<Holder>> missing = new LinkedHashSet<>();
    compare(ADDRESSES, wanted(this::address), interfaces.addresses(), missing);
    compare(ROUTES, wanted(this::route), routing.routes(), missing);
    compare(RULES, wanted(this::rule), routing.rules(), missing);
    for (Holding<Holder> each : ledger.holdings()) {
      boolean possible = form.isPossible(each.item());
      boolean there = possible && !missing.contains(each);
      if (!possible && each.inForce()) {
        each.impossible();
        changed = true;
      } else if (there && !each.inForce() && isMarked(each)) {
        each.settled(nowNanos);
        changed = true;
      }
    }
    return missing.stream()
        .filter(each -> form.isPossible(each.item()))
        .filter(each -> each.item().tracked() || !each.inForce())
        .toList();
  }

  /** Whether {@link #missing} has noted anything. */
  boolean changed() {
    return changed;
  }

  /** Entries with a mark of their own are not followed, so that their absence means nothing. */
  private static boolean isMarked(Holding<Holder> each) {
    return switch (each.item()) {
      case VirtualAddress _ -> true;
      case VirtualRoute route -> route.route().protocol() == RoutingTables.MARK;
      case VirtualRule rule -> rule.rule().protocol() == RoutingTables.MARK;
    };
  }

  private static <T> void compare(
      Reconciler<Wanted<T>, T> reconciler,
      List<Wanted<T>> wanted,
      Collection<T> actual,
      Collection<Holding<Holder>> missing) {
    reconciler.diff(wanted, actual).missing().forEach(each -> missing.add(each.holding()));
  }

  /** What has our mark and is wanted by nobody, but not {@code kept}. */
  Surplus surplus(Collection<VirtualAddress> kept) {
    Set<Address.Key> keys =
        kept.stream()
            .flatMap(each -> form.address(each).stream())
            .map(Address::key)
            .collect(Collectors.toSet());
    List<Address> marked =
        interfaces.addresses().stream()
            .filter(each -> each.protocol() == Address.PROTOCOL_KEEPALIVED)
            .filter(each -> !keys.contains(each.key()))
            .toList();
    return new Surplus(
        ADDRESSES.diff(wanted(this::address), marked).surplus(),
        ROUTES.diff(wanted(this::route), routing.routes()).surplus(),
        RULES.diff(wanted(this::rule), routing.rules()).surplus());
  }

  /** Those of {@code configured} that are there with our mark although nobody here wants them. */
  List<VirtualAddress> strays(Collection<VirtualAddress> configured) {
    return unwanted(configured, true);
  }

  /** Those of {@code configured} that are there without our mark and nobody here wants. */
  List<VirtualAddress> strangers(Collection<VirtualAddress> configured) {
    return unwanted(configured, false);
  }

  private List<VirtualAddress> unwanted(Collection<VirtualAddress> configured, boolean marked) {
    return configured.stream()
        .filter(each -> !ledger.isWanted(each))
        .filter(
            each ->
                form.address(each)
                    .map(wanted -> interfaces.address(wanted.key()))
                    .filter(actual -> actual.protocol() == Address.PROTOCOL_KEEPALIVED == marked)
                    .isPresent())
        .toList();
  }

  private <T> List<Wanted<T>> wanted(Function<Holding<Holder>, Optional<T>> toForm) {
    return ledger.holdings().stream()
        .flatMap(each -> toForm.apply(each).map(found -> new Wanted<>(each, found)).stream())
        .toList();
  }

  private Optional<Address> address(Holding<Holder> each) {
    return each.item() instanceof VirtualAddress address ? form.address(address) : Optional.empty();
  }

  private Optional<IpRoute> route(Holding<Holder> each) {
    return each.item() instanceof VirtualRoute route ? form.route(route) : Optional.empty();
  }

  private Optional<IpRule> rule(Holding<Holder> each) {
    return each.item() instanceof VirtualRule rule ? Optional.of(rule.rule()) : Optional.empty();
  }
}
