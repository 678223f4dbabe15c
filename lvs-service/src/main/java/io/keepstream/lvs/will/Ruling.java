package io.keepstream.lvs.will;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NodeDrainEvent.NodeDrainStarted;
import io.keepstream.contract.event.NodeDrainEvent.NodeUndrained;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainStarted;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OperatorEvent.Undrained;
import io.keepstream.contract.value.AddressText;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What comes of an order. */
public final class Ruling {
  private static final int LONGEST_TEXT = 200;

  /**
   * Where an order arrives.
   *
   * @param file the configuration
   * @param open the connections of real servers, as far as they were read
   */
  public record Scene(
      Will will,
      LvsConfig file,
      Function<BackendRef, Optional<OpenConnections>> open,
      long nowNanos) {}

  private final Instruction order;
  private final Scene scene;
  private final Stamp stamp;
  private final Selection selection;
  private final List<Event> events = new ArrayList<>();
  private Will will;

  private Ruling(Instruction order, Scene scene) {
    this.order = order;
    this.scene = scene;
    this.will = scene.will();
    this.stamp = new Stamp(order.owner(), Optional.ofNullable(order.reason()), scene.nowNanos());
    this.selection = new Selection(scene.will().over(scene.file()));
  }

  /**
   * The will after an order, and what is to be told of it.
   *
   * @throws IllegalArgumentException with a message for people when the order cannot be obeyed
   */
  public static Will.Step of(Instruction order, Scene scene) {
    requireLine("owner", order.owner() == null ? "" : order.owner(), 1);
    requireLine("reason", order.reason() == null ? "" : order.reason(), 0);
    return new Ruling(order, scene).rule();
  }

  private Will.Step rule() {
    switch (order.act()) {
      case Instruction.Act.Drain drain -> drain(drain);
      case Instruction.Act.Undrain(var target) -> undrain(target);
      case Instruction.Act.Weight(var target, var weight) -> weight(target, weight);
      case Instruction.Act.FileWeight(var target) -> fileWeight(target);
      case Instruction.Act.Add add -> add(add);
      case Instruction.Act.Remove(var virtualServer, var server) -> remove(virtualServer, server);
      case null -> throw new IllegalArgumentException("an order says what is to be done");
    }
    take(will.covering(scene.file(), scene.open(), scene.nowNanos()));
    return new Will.Step(will, List.copyOf(events));
  }

  private void take(Will.Step step) {
    will = step.will();
    events.addAll(step.events());
  }

  private void drain(Instruction.Act.Drain act) {
    Long max = act.maxMillis();
    require(
        max == null || (max > 0 && max <= WillForm.LONGEST_MILLIS),
        "max is above 0 and at most 366 days");
    long deadlineNanos =
        max == null ? Drain.NEVER : scene.nowNanos() + TimeUnit.MILLISECONDS.toNanos(max);
    if (act.target().equals(Instruction.NODE)) {
      drainNode(NodeDrain.begin(stamp, act.untilEmpty(), deadlineNanos), act);
      return;
    }
    for (RealServer real : selection.realServers(act.target())) {
      BackendRef backend = real.server().backend();
      Optional<OpenConnections> open = scene.open().apply(backend);
      Drain before = will.drains().get(backend);
      Drain.Progress progress = before == null ? Drain.begin(open) : before.progress();
      will = will.with(backend, new Drain(stamp, act.untilEmpty(), deadlineNanos, progress, false));
      events.add(
          new DrainStarted(
              backend, order.owner(), order.reason(), act.untilEmpty(), max, open.orElse(null)));
    }
  }

  /** Those that are drained each by itself stay so; the others follow when all are covered. */
  private void drainNode(NodeDrain drain, Instruction.Act.Drain act) {
    List<RealServer> all = will.over(scene.file()).realServers();
    require(!all.isEmpty(), "this node has no real server");
    will = will.with(Optional.of(drain));
    OpenConnections open = OpenConnections.NONE;
    for (RealServer real : all) {
      BackendRef backend = real.server().backend();
      open = open.plus(scene.open().apply(backend).orElse(OpenConnections.NONE));
      Drain before = will.drains().get(backend);
      if (before != null && before.ofNode()) {
        will = will.with(backend, drain.of(before));
      }
    }
    events.add(
        new NodeDrainStarted(
            order.owner(), order.reason(), act.untilEmpty(), act.maxMillis(), all.size(), open));
  }

  private void undrain(String target) {
    if (target.equals(Instruction.NODE)) {
      undrainNode();
      return;
    }
    List<BackendRef> drained =
        selection.realServers(target).stream()
            .map(real -> real.server().backend())
            .filter(will.drains()::containsKey)
            .toList();
    require(!drained.isEmpty(), "nothing of '%s' is drained".formatted(target));
    require(
        drained.stream().noneMatch(backend -> will.drains().get(backend).ofNode()),
        "the whole node is drained, and undrained with: undrain " + Instruction.NODE);
    drained.forEach(this::endDrain);
  }

  private void undrainNode() {
    NodeDrain drain =
        will.node().orElseThrow(() -> new IllegalArgumentException("the node is not drained"));
    will = will.with(Optional.empty());
    events.add(new NodeUndrained(by(), drain.stamp().ageMillis(scene.nowNanos())));
    List.copyOf(will.drains().entrySet()).stream()
        .filter(each -> each.getValue().ofNode())
        .forEach(each -> endDrain(each.getKey()));
  }

  private void endDrain(BackendRef backend) {
    Drain drain = will.drains().get(backend);
    if (drain != null) {
      events.add(new Undrained(backend, by(), drain.stamp().ageMillis(scene.nowNanos())));
      will = will.withoutDrain(backend);
    }
  }

  private void weight(String target, int weight) {
    require(weight >= 0, "a weight is 0 to 2147483647");
    for (RealServer real : selection.realServers(target)) {
      BackendRef backend = real.server().backend();
      if (will.edits().get(backend) instanceof Edit.Added) {
        set(backend, new Edit.Added(stamp, weight), weight);
      } else {
        set(backend, new Edit.Weight(stamp, weight, inFile(backend)), weight);
      }
    }
  }

  private int inFile(BackendRef backend) {
    return scene.file().virtualServers().stream()
        .flatMap(server -> Edits.find(server, backend).stream())
        .mapToInt(real -> real.server().weight())
        .findFirst()
        .orElseThrow();
  }

  private void set(BackendRef backend, Edit edit, Integer weight) {
    will = will.with(backend, edit);
    events.add(new OverrideSet(backend, edit.kind(), weight, order.owner(), order.reason()));
  }

  private void fileWeight(String target) {
    List<BackendRef> overridden =
        selection.realServers(target).stream()
            .map(real -> real.server().backend())
            .filter(backend -> will.edits().get(backend) instanceof Edit.Weight)
            .toList();
    require(!overridden.isEmpty(), "nothing of '%s' has another weight".formatted(target));
    overridden.forEach(this::clear);
  }

  private void clear(BackendRef backend) {
    Edit edit = will.edits().get(backend);
    events.add(
        new OverrideCleared(backend, edit.kind(), by(), edit.stamp().ageMillis(scene.nowNanos())));
    will = will.withoutEdit(backend);
  }

  private void add(Instruction.Act.Add act) {
    List<VirtualServer> servers =
        new Selection(scene.file()).virtualServersOfOneName(act.virtualServer());
    require(act.weight() >= 0, "a weight is 0 to 2147483647");
    Endpoint endpoint = endpoint(servers.getFirst(), act.server());
    VirtualServer server =
        servers.stream()
            .filter(each -> Edits.reaches(each, endpoint.address()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s reaches no server of the other family"
                            .formatted(servers.getFirst().name())));
    BackendRef backend = named(server, endpoint);
    if (will.edits().get(backend) instanceof Edit.Removed) {
      clear(backend);
      return;
    }
    require(
        Edits.find(server, backend).isEmpty() && !will.edits().containsKey(backend),
        "%s has %s already".formatted(server.name(), backend.realServer()));
    set(backend, new Edit.Added(stamp, act.weight()), act.weight());
  }

  private static Endpoint endpoint(VirtualServer server, String text) {
    Server sibling = server.realServers().getFirst().server();
    return Endpoint.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not ADDRESS:PORT, as in %s"
                        .formatted(text, AddressText.withPort(sibling.address(), sibling.port()))));
  }

  /** The name that a new server gets, which tells its address, protocol and port. */
  private static BackendRef named(VirtualServer server, Endpoint endpoint) {
    Server sibling = server.realServers().getFirst().server();
    int port = endpoint.port().orElse(sibling.port());
    boolean translated = sibling.connection().forwarding().method() == ForwardingMethod.MASQUERADE;
    require(
        translated || port == sibling.port(),
        "%s reaches its servers at port %d alone".formatted(server.name(), sibling.port()));
    String protocol = ServerName.parse(sibling.backend().realServer()).orElseThrow().protocol();
    return new BackendRef(server.name(), ServerName.of(endpoint.address(), protocol, port));
  }

  private void remove(String virtualServer, String server) {
    for (RealServer real : selection.realServers(virtualServer + "/" + server)) {
      BackendRef backend = real.server().backend();
      endDrain(backend);
      if (will.edits().get(backend) instanceof Edit.Added) {
        clear(backend);
      } else {
        set(backend, new Edit.Removed(stamp), null);
      }
    }
  }

  private String by() {
    return "by " + order.owner() + stamp.reason().map(reason -> ": " + reason).orElse("");
  }

  private static void requireLine(String what, String text, int least) {
    boolean line =
        text.length() >= least
            && text.length() <= LONGEST_TEXT
            && text.chars().noneMatch(Character::isISOControl);
    require(line, "the %s is one line of at most %d characters".formatted(what, LONGEST_TEXT));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
