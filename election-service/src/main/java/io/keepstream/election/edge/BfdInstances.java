package io.keepstream.election.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.election.bfd.Discriminators;
import io.keepstream.election.config.BfdConfig;
import io.keepstream.election.machine.Tracking.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All BFD sessions of this process, on the election loop. */
final class BfdInstances {
  private final BfdWorld world;
  private final List<BfdInstance> instances = new ArrayList<>();

  BfdInstances(BfdWorld world) {
    this.world = world;
  }

  /** Puts a configuration in force: what stays goes on, what is gone says so to its neighbour. */
  void configure(List<BfdConfig> configs) {
    List<BfdInstance> gone = new ArrayList<>(instances);
    List<BfdConfig> fresh = new ArrayList<>();
    for (BfdConfig each : configs) {
      Optional<BfdInstance> same =
          gone.stream().filter(known -> sameSession(known.config(), each)).findFirst();
      same.ifPresentOrElse(
          known -> {
            gone.remove(known);
            known.reconfigure(each);
          },
          () -> fresh.add(each));
    }
    gone.forEach(BfdInstance::shutdown);
    instances.removeAll(gone);
    fresh.forEach(this::start);
  }

  private void start(BfdConfig config) {
    Set<Long> taken =
        instances.stream().map(BfdInstance::discriminator).collect(Collectors.toSet());
    long discriminator = Discriminators.fresh(world.secrets(), taken);
    BfdInstance instance = new BfdInstance(config, discriminator, world);
    instances.add(instance);
    instance.start();
  }

  private static boolean sameSession(BfdConfig known, BfdConfig next) {
    return known.name().equals(next.name()) && known.ends().equals(next.ends());
  }

  /** Looks again at the addresses of this machine. */
  void refresh() {
    instances.forEach(BfdInstance::refresh);
  }

  /** What VRRP thinks of a session: down until it has been up. */
  Verdict verdict(String name) {
    return instances.stream()
            .anyMatch(known -> known.config().name().equals(name) && known.reachable())
        ? Verdict.UP
        : Verdict.DOWN;
  }

  List<ServiceState.BfdSession> state() {
    return instances.stream().map(BfdInstance::state).toList();
  }

  /** Leaves politely with all sessions. */
  void shutdown() {
    instances.forEach(BfdInstance::shutdown);
    instances.clear();
  }
}
