package io.keepstream.lvs.will;

import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.service;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.config.VirtualServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives orders one after the other, a second apart. */
final class Orders {
  static final long SECOND = 1_000_000_000L;
  static final LvsConfig TWO =
      config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 1)));

  LvsConfig file = TWO;
  Will will = Will.NOTHING;
  long nowNanos;
  final Map<BackendRef, OpenConnections> open = new HashMap<>();
  final List<Event> events = new ArrayList<>();

  /** Another virtual server, 10.1.1.2:80, with some of the same real servers. */
  static VirtualServer second(RealServer... reals) {
    String name = "[10.1.1.2]:tcp:80";
    List<RealServer> renamed = new ArrayList<>();
    for (RealServer real : reals) {
      BackendRef backend = new BackendRef(name, real.server().backend().realServer());
      renamed.add(
          new RealServer(
              new Server(
                  backend,
                  real.server().address(),
                  real.server().port(),
                  real.server().weight(),
                  real.server().connection()),
              true,
              false,
              false));
    }
    return new VirtualServer(
        name, List.of(service(key("10.1.1.2"))), new Quorum(1, 0), Optional.empty(), renamed);
  }

  Orders give(Instruction.Act act) {
    return give(new Instruction("root", null, false, act));
  }

  Orders give(Instruction order) {
    nowNanos += SECOND;
    return take(Ruling.of(order, new Ruling.Scene(will, file, this::open, nowNanos)));
  }

  Optional<OpenConnections> open(BackendRef backend) {
    return Optional.ofNullable(open.get(backend));
  }

  /** What is read of a real server, and nothing of any other. */
  Orders read(BackendRef backend, long active, long inactive, long persistent) {
    nowNanos += SECOND;
    open.clear();
    open.put(backend, new OpenConnections(active, inactive, persistent));
    return take(will.read(this::open, nowNanos));
  }

  /** What is read of several real servers: so many active connections each. */
  Orders readEach(long active, BackendRef... backends) {
    nowNanos += SECOND;
    open.clear();
    for (BackendRef backend : backends) {
      open.put(backend, new OpenConnections(active, 0, 0));
    }
    return take(will.read(this::open, nowNanos));
  }

  Orders readNothing() {
    nowNanos += SECOND;
    open.clear();
    return take(will.read(this::open, nowNanos));
  }

  Orders pass(long atNanos) {
    nowNanos = atNanos;
    return take(will.pass(nowNanos));
  }

  Orders reload(LvsConfig next) {
    nowNanos += SECOND;
    file = next;
    return take(Settlement.of(will, next, nowNanos));
  }

  /** What was told since this was asked last. */
  List<Event> news() {
    List<Event> news = List.copyOf(events);
    events.clear();
    return news;
  }

  private Orders take(Will.Step step) {
    will = step.will();
    events.addAll(step.events());
    return this;
  }
}
