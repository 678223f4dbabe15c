package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.link.ExtraAnnounce;
import io.keepstream.election.link.Vmac;
import io.keepstream.election.port.AddressTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The addresses of one virtual router with what protects and announces them: the packet filter
 * knows of them before they are set and until after they are removed, and while they are held they
 * are announced on interfaces that adverts do not go through.
 */
final class HeldAddresses implements AddressTable {
  private static final long NEVER = Long.MAX_VALUE;

  private final AddressTable addresses;
  private final FrameAnnouncer announcer;
  private final Surroundings surroundings;
  private final LoopAlarm alarm;
  private InstanceConfig config;
  private boolean held;
  private Map<String, Integer> indexes = Map.of();

  HeldAddresses(
      InstanceConfig config,
      AddressTable addresses,
      FrameAnnouncer announcer,
      Surroundings surroundings) {
    this.config = config;
    this.addresses = addresses;
    this.announcer = announcer;
    this.surroundings = surroundings;
    this.alarm = new LoopAlarm(surroundings.alarms(), this::announceExtra);
  }

  @Override
  public void claim() {
    held = true;
    surroundings.links().claim(this, config);
    addresses.claim();
    indexes = indexes();
    rearm();
  }

  @Override
  public void release() {
    held = false;
    alarm.rearm(NEVER);
    addresses.release();
    surroundings.links().release(this);
  }

  /** Goes over to another configuration, before its addresses are set. */
  void reconfigure(InstanceConfig next) {
    config = next;
    if (held) {
      surroundings.links().claim(this, next);
      indexes = indexes();
      rearm();
    }
  }

  /** Sets the addresses anew when an interface of theirs was made anew. */
  void refresh() {
    if (held && !indexes.equals(indexes())) {
      claim();
      announcer.announce(config.announce().masterRepeat());
    }
  }

  private Map<String, Integer> indexes() {
    return config.link().vmacs().stream()
        .map(vmac -> surroundings.interfaces().link(vmac.name()))
        .filter(link -> link != null)
        .collect(Collectors.toMap(link -> link.name(), link -> link.index()));
  }

  private void rearm() {
    long periodNanos = config.link().extraAnnounce().periodNanos();
    alarm.rearm(
        periodNanos == 0 || extra().isEmpty()
            ? NEVER
            : surroundings.publishing().nowNanos() + periodNanos);
  }

  private void announceExtra() {
    announcer.announce(extra(), 1);
    rearm();
  }

  /** One address of each interface that adverts do not go through. */
  private List<VirtualAddress> extra() {
    ExtraAnnounce wanted = config.link().extraAnnounce();
    Vmac own = config.link().advertVmac();
    Set<String> vmacs = config.link().vmacs().stream().map(Vmac::name).collect(Collectors.toSet());
    Set<String> seen = new HashSet<>();
    seen.add(own == null ? config.router().networkInterface() : own.name());
    List<VirtualAddress> all = new ArrayList<>(config.addresses());
    all.addAll(config.excluded());
    return all.stream()
        .filter(address -> wanted.all() || vmacs.contains(address.networkInterface()))
        .filter(address -> seen.add(address.networkInterface()))
        .toList();
  }
}
