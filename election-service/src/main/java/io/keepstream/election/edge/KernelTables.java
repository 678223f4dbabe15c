package io.keepstream.election.edge;

import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.plan.Holding;
import io.keepstream.election.plan.Ledger;
import io.keepstream.election.plan.Pace;
import io.keepstream.election.port.Alarm;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Outcome;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.netlink.RouteRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel's addresses, routes and rules as far as they are ours: what is claimed is set at once,
 * what is given up is removed once nobody here wants it any more, and what somebody else removes is
 * put back.
 */
final class KernelTables {
  private static final long NEVER = Long.MAX_VALUE;

  /** Who claims things. */
  interface Holder {
    /** Its name in events; no two have the same. */
    String name();

    /** These addresses were missing for a while and are there again. */
    void restored(List<VirtualAddress> addresses);
  }

  /** Keeps what changes hands in a reload. */
  private static final Holder RELOAD =
      new Holder() {
        @Override
        public String name() {
          return "reload";
        }

        @Override
        public void restored(List<VirtualAddress> addresses) {}
      };

  private final RouteNetlink netlink;
  private final Interfaces interfaces;
  private final Publishing publishing;
  private final KernelForm form;
  private final TableEvents events;
  private final Ledger<Holder> ledger = new Ledger<>();
  private final RoutingTables routing = new RoutingTables();
  private final Drift drift;
  private Collection<VirtualAddress> configured = List.of();
  private Alarm alarm = deadline -> {};
  private Runnable beforeRepair = () -> {};
  private boolean dirty;
  private long retryNanos = NEVER;

  KernelTables(RouteNetlink netlink, Interfaces interfaces, Publishing publishing) {
    this.netlink = netlink;
    this.interfaces = interfaces;
    this.publishing = publishing;
    form = new KernelForm(interfaces);
    events = new TableEvents(publishing);
    drift = new Drift(ledger, form, interfaces, routing);
  }

  /**
   * Repairs and renews from now on.
   *
   * @param timer rings {@link #alarmRang}
   * @param lookAtClocks lets every virtual router act on what it has slept through, so that one
   *     that has been replaced meanwhile gives up its claims before they are renewed
   */
  void start(Alarm timer, Runnable lookAtClocks) {
    alarm = timer;
    beforeRepair = lookAtClocks;
  }

  /** The virtual addresses that instances of this node may hold, without those of owners. */
  void configured(Collection<VirtualAddress> addresses) {
    configured = List.copyOf(addresses);
  }

  boolean isWanted(KernelItem item) {
    return ledger.isWanted(item);
  }

  /** Whether it is wanted and there. */
  boolean isInForce(KernelItem item) {
    Holding<Holder> holding = ledger.holding(item);
    return holding != null && holding.inForce();
  }

  /** Sets what is not there, in order, and changes what is there with other settings. */
  void claim(Holder holder, List<? extends KernelItem> items) {
    List<Holding<Holder>> fresh = new ArrayList<>();
    for (KernelItem item : items) {
      Ledger.Wanted<Holder> wanted = ledger.want(holder, item);
      if (wanted.before() != null) {
        change(wanted);
      } else if (!wanted.holding().inForce()) {
        fresh.add(wanted.holding());
      } else if (wanted.joined()) {
        events.adopted(holder.name(), item);
      }
    }
    set(fresh);
    rearm();
  }

  /**
   * Removes what nobody wants any more, in order.
   *
   * @param owner whether the addresses are the holder's own: then those stay that were there before
   */
  void release(Holder holder, List<? extends KernelItem> items, boolean owner) {
    List<KernelItem> gone = new ArrayList<>();
    for (KernelItem item : items) {
      Holding<Holder> last = ledger.drop(holder, item);
      if (last != null && !(owner && wasThereBefore(item))) {
        gone.add(last.item());
      }
    }
    perform(
        gone,
        form::removal,
        (item, outcome) -> {
          switch (outcome) {
            case Outcome.Done _ -> events.released(holder.name(), item);
            case Outcome.AlreadyThere _, Outcome.Absent _ -> {}
            case Outcome.Failed failure ->
                events.failed(holder.name(), item, "not removed: " + failure);
          }
        });
  }

  /** What we have set carries our mark. */
  private boolean wasThereBefore(KernelItem item) {
    return item instanceof VirtualAddress address
        && form.address(address)
            .map(wanted -> interfaces.address(wanted.key()))
            .filter(actual -> actual.protocol() != Address.PROTOCOL_KEEPALIVED)
            .isPresent();
  }

  /**
   * Keeps what is there now and will be wanted after a reload, whoever lets go of it first, until
   * {@link #endReload}.
   */
  void beginReload(Collection<? extends KernelItem> next) {
    ledger.keep(RELOAD, next);
  }

  /** Removes what was kept in vain. */
  void endReload(Collection<? extends KernelItem> next) {
    release(RELOAD, List.copyOf(next), false);
  }

  /** Removes an address that an earlier run has set and nobody wants. */
  void removeLeftover(VirtualAddress address) {
    form.address(address)
        .filter(wanted -> interfaces.address(wanted.key()) != null && !isWanted(address))
        .map(wanted -> netlink.deleteAddress(wanted))
        .filter(Outcome.Done.class::isInstance)
        .ifPresent(done -> events.leftoverRemoved(address.text(), address.networkInterface()));
  }

  /** Removes everything with our mark that nobody wants, but not {@code kept}. */
  void removeLeftovers(Collection<VirtualAddress> kept) throws ErrnoException {
    routing.read(netlink);
    new Leftovers(netlink, interfaces, events).remove(drift.surplus(kept));
  }

  /** Takes in one piece of news. */
  void apply(RouteChange change) {
    routing.apply(change);
    boolean ownAddition =
        change instanceof RouteChange.AddressChanged
            && change.portId() == netlink.socket().portId();
    dirty |= !ownAddition;
  }

  /** Reads anew what is followed; the interfaces have been read. */
  void reread() throws ErrnoException {
    if (!ledger.holdings().isEmpty()) {
      routing.read(netlink);
    }
    dirty = true;
  }

  /** Puts back what is missing, if there was any news. Whether anything has changed by that. */
  boolean repairIfDirty() {
    return dirty && repair();
  }

  private boolean repair() {
    dirty = false;
    retryNanos = NEVER;
    long nowNanos = publishing.nowNanos();
    if (!readIfStale()) {
      return false;
    }
    List<Holding<Holder>> missing = drift.missing(nowNanos);
    boolean changed = drift.changed();
    if (!missing.isEmpty()) {
      beforeRepair.run();
      missing = missing.stream().filter(each -> ledger.holding(each.item()) == each).toList();
      List<Holding<Holder>> now =
          missing.stream().filter(each -> each.mayRepair(nowNanos)).toList();
      retryNanos = now.size() < missing.size() ? nowNanos + Pace.WINDOW_NANOS : NEVER;
      restored(set(now));
      changed |= !now.isEmpty();
    }
    removeStrays();
    rearm();
    return changed;
  }

  private boolean readIfStale() {
    try {
      if (routing.stale() && drift.concernsRouting()) {
        routing.read(netlink);
      }
      return true;
    } catch (ErrnoException e) {
      ElectionEngine.LOG.warn("reading routes and rules failed: {}", e.getMessage());
      retryNanos = publishing.nowNanos() + Pace.WINDOW_NANOS;
      dirty = true;
      rearm();
      return false;
    }
  }

  /** The alarm rang. */
  void alarmRang() {
    long nowNanos = publishing.nowNanos();
    if (retryNanos <= nowNanos) {
      repair();
    }
    if (nextRenewalNanos() <= nowNanos) {
      beforeRepair.run();
      renew(nowNanos);
    }
    rearm();
  }

  private void renew(long nowNanos) {
    List<Holding<Holder>> due =
        ledger.holdings().stream().filter(each -> each.renewalNanos() <= nowNanos).toList();
    perform(
        due,
        holding -> renewal(holding.item()),
        (holding, outcome) -> {
          holding.renewed(nowNanos);
          if (outcome instanceof Outcome.Failed failure) {
            events.failed(holding.holder().name(), holding.item(), "not renewed: " + failure);
          }
        });
  }

  private Optional<RouteRequest> renewal(KernelItem item) {
    return form.address((VirtualAddress) item).map(RouteRequest.RenewAddress::new);
  }

  private long nextRenewalNanos() {
    return ledger.holdings().stream().mapToLong(Holding::renewalNanos).min().orElse(NEVER);
  }

  private void rearm() {
    alarm.rearm(Math.min(retryNanos, nextRenewalNanos()));
  }

  /** Goes over to other settings; only lifetimes can be changed in place. */
  private void change(Ledger.Wanted<Holder> wanted) {
    Holding<Holder> holding = wanted.holding();
    if (form.addition(wanted.before()).equals(form.addition(holding.item()))) {
      return;
    }
    boolean inPlace =
        wanted.before() instanceof VirtualAddress before
            && holding.item() instanceof VirtualAddress next
            && before.differsOnlyInLifetimes(next);
    if (inPlace) {
      perform(List.of(holding), each -> renewal(each.item()), this::note);
    } else {
      perform(List.of(wanted.before()), form::removal, (item, outcome) -> {});
      set(List.of(holding));
    }
  }

  /** Sets entries in order; those that were really missing although they had been in force. */
  private List<Holding<Holder>> set(List<Holding<Holder>> entries) {
    List<Holding<Holder>> set = new ArrayList<>();
    perform(
        entries,
        holding -> form.addition(holding.item()),
        (holding, outcome) -> {
          boolean drifted = holding.inForce();
          note(holding, outcome);
          switch (outcome) {
            case Outcome.Done _ when drifted -> {
              events.repaired(holding.holder().name(), holding.item());
              set.add(holding);
            }
            case Outcome.Done _ -> {
              events.claimed(holding.holder().name(), holding.item());
              set.add(holding);
            }
            case Outcome.AlreadyThere _ when !drifted -> adopt(holding);
            case Outcome.AlreadyThere _, Outcome.Absent _, Outcome.Failed _ -> {}
          }
        });
    return set;
  }

  private void adopt(Holding<Holder> holding) {
    events.adopted(holding.holder().name(), holding.item());
    if (holding.renewalNanos() != NEVER) {
      netlink.perform(List.of(renewal(holding.item()).orElseThrow()));
    }
  }

  private void note(Holding<Holder> holding, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done _, Outcome.AlreadyThere _ -> holding.settled(publishing.nowNanos());
      case Outcome.Absent _ -> failed(holding, "the interface does not exist");
      case Outcome.Failed failure -> failed(holding, "not set: " + failure);
    }
  }

  private void failed(Holding<Holder> holding, String detail) {
    if (holding.failed(detail)) {
      events.failed(holding.holder().name(), holding.item(), detail);
    }
  }

  /** Tells each holder which of its addresses came back. */
  private void restored(List<Holding<Holder>> set) {
    Map<Holder, List<VirtualAddress>> byHolder = new LinkedHashMap<>();
    for (Holding<Holder> each : set) {
      if (each.item() instanceof VirtualAddress address) {
        byHolder.computeIfAbsent(each.holder(), any -> new ArrayList<>()).add(address);
      }
    }
    byHolder.forEach(Holder::restored);
  }

  private void removeStrays() {
    for (VirtualAddress address : drift.strays(configured)) {
      netlink.perform(List.of(form.removal(address).orElseThrow())).stream()
          .filter(Outcome.Done.class::isInstance)
          .forEach(done -> events.strayRemoved(address));
    }
  }

  /** Tells of virtual addresses that somebody else has set, after all was read anew. */
  void reportStrangers() {
    drift.strangers(configured).forEach(events::foreign);
  }

  private interface After<T> {
    void accept(T subject, Outcome outcome);
  }

  private interface Form<T> {
    Optional<RouteRequest> of(T subject);
  }

  /** Does something to each in one write; Absent is the outcome where an interface is missing. */
  private <T> void perform(List<T> subjects, Form<? super T> form, After<? super T> after) {
    List<Optional<RouteRequest>> requests = new ArrayList<>(subjects.size());
    subjects.forEach(each -> requests.add(form.of(each)));
    var outcomes = netlink.perform(requests.stream().flatMap(Optional::stream).toList()).iterator();
    for (int i = 0; i < subjects.size(); i++) {
      Outcome outcome = requests.get(i).isPresent() ? outcomes.next() : new Outcome.Absent();
      after.accept(subjects.get(i), outcome);
    }
  }
}
