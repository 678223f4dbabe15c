package io.keepstream.lvs.will;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A will as snapshots show it and as it is kept, with ages instead of times. */
public final class WillForm {
  /** No order has a longer time. */
  static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(366);

  private WillForm() {}

  /** The form of {@code will}, drains first. */
  public static List<ServerOverride> of(Will will, long nowNanos) {
    List<ServerOverride> overrides = new ArrayList<>();
    will.drains().forEach((backend, drain) -> overrides.add(of(backend, drain, nowNanos)));
    will.edits().forEach((backend, edit) -> overrides.add(of(backend, edit, nowNanos)));
    return overrides;
  }

  private static ServerOverride of(BackendRef backend, Drain drain, long nowNanos) {
    return form(
        backend,
        OverrideKind.DRAIN,
        drain.stamp(),
        nowNanos,
        new Terms(
            null,
            null,
            new ServiceState.Drain(
                drain.duty() == Duty.REST,
                drain.untilEmpty(),
                Drain.millisUntil(drain.nextNanos(), nowNanos),
                drain.progress().open(),
                drain.ofNode())));
  }

  /** The form of the node's drain; null where it is not drained. */
  public static ServiceState.NodeDrain ofNode(Will will, long nowNanos) {
    return will.node().map(drain -> of(drain, will, nowNanos)).orElse(null);
  }

  private static ServiceState.NodeDrain of(NodeDrain drain, Will will, long nowNanos) {
    NodeDrain.Sum sum = NodeDrain.Sum.of(will.drains().values());
    return new ServiceState.NodeDrain(
        drain.stamp().owner(),
        drain.stamp().reason().orElse(null),
        drain.stamp().ageMillis(nowNanos),
        drain.untilEmpty(),
        Drain.millisUntil(drain.deadlineNanos(), nowNanos),
        sum.left(),
        sum.open());
  }

  private static ServerOverride of(BackendRef backend, Edit edit, long nowNanos) {
    Terms terms =
        switch (edit) {
          case Edit.Weight(var stamp, var weight, var fileWeight) ->
              new Terms(weight, fileWeight, null);
          case Edit.Added(var stamp, var weight) -> new Terms(weight, null, null);
          case Edit.Removed _ -> new Terms(null, null, null);
        };
    return form(backend, edit.kind(), edit.stamp(), nowNanos, terms);
  }

  private record Terms(Integer weight, Integer fileWeight, ServiceState.Drain drain) {}

  private static ServerOverride form(
      BackendRef backend, OverrideKind kind, Stamp stamp, long nowNanos, Terms terms) {
    return new ServerOverride(
        backend,
        kind,
        stamp.owner(),
        stamp.reason().orElse(null),
        stamp.ageMillis(nowNanos),
        terms.weight(),
        terms.fileWeight(),
        terms.drain());
  }

  /**
   * The will that was written down some time ago.
   *
   * @param node of the node; null where it was not drained
   * @param elapsedMillis how long ago
   * @throws IllegalArgumentException when something is missing in it or impossible
   */
  public static Will restored(
      List<ServerOverride> overrides,
      ServiceState.NodeDrain node,
      long elapsedMillis,
      long nowNanos) {
    Later later = new Later(elapsedMillis, nowNanos);
    Will will = Will.NOTHING;
    for (ServerOverride each : overrides) {
      require(each.backend() != null && each.kind() != null && each.owner() != null, each);
      Stamp stamp = later.stamp(each.owner(), each.reason(), each.ageMillis());
      will =
          switch (each.kind()) {
            case DRAIN -> will.with(each.backend(), drain(each, stamp, later));
            case WEIGHT ->
                will.with(
                    each.backend(),
                    new Edit.Weight(
                        stamp, weight(each.weight(), each), weight(each.fileWeight(), each)));
            case ADDED ->
                will.with(each.backend(), new Edit.Added(stamp, weight(each.weight(), each)));
            case REMOVED -> will.with(each.backend(), new Edit.Removed(stamp));
          };
    }
    return node == null ? will : will.with(Optional.of(drain(node, will, later)));
  }

  /** A moment some time after something was written down. */
  private record Later(long elapsedMillis, long nowNanos) {
    Stamp stamp(String owner, String reason, long ageMillis) {
      long nowMillis = Math.clamp(ageMillis, 0, LONGEST_MILLIS) + elapsedMillis;
      return new Stamp(
          owner, Optional.ofNullable(reason), nowNanos - TimeUnit.MILLISECONDS.toNanos(nowMillis));
    }

    long deadlineNanos(Long endsInMillis) {
      return endsInMillis == null
          ? Drain.NEVER
          : nowNanos
              + TimeUnit.MILLISECONDS.toNanos(
                  Math.clamp(endsInMillis - elapsedMillis, 0, LONGEST_MILLIS));
    }
  }

  private static Drain drain(ServerOverride form, Stamp stamp, Later later) {
    require(form.drain() != null && form.drain().open() != null, form);
    Drain.Progress progress =
        form.drain().out()
            ? new Drain.Out(form.drain().open())
            : Drain.begin(Optional.of(form.drain().open()));
    return new Drain(
        stamp,
        form.drain().untilEmpty(),
        later.deadlineNanos(form.drain().endsInMillis()),
        progress,
        form.drain().ofNode());
  }

  private static NodeDrain drain(ServiceState.NodeDrain form, Will will, Later later) {
    require(form.owner() != null, form);
    boolean ended = NodeDrain.Sum.of(will.drains().values()).left() == 0;
    return new NodeDrain(
        later.stamp(form.owner(), form.reason(), form.ageMillis()),
        form.untilEmpty(),
        later.deadlineNanos(form.endsInMillis()),
        Optional.empty(),
        ended);
  }

  private static int weight(Integer weight, ServerOverride form) {
    require(weight != null && weight >= 0, form);
    return weight;
  }

  private static void require(boolean condition, Object form) {
    if (!condition) {
      throw new IllegalArgumentException("not an override: " + form);
    }
  }
}
