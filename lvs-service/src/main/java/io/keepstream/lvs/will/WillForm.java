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
    long endsInNanos = drain.nextNanos() - nowNanos;
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
                drain.nextNanos() == Drain.NEVER
                    ? null
                    : Math.max(0, TimeUnit.NANOSECONDS.toMillis(endsInNanos)),
                drain.progress().open())));
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
   * @param elapsedMillis how long ago
   * @throws IllegalArgumentException when something is missing in it or impossible
   */
  public static Will restored(List<ServerOverride> overrides, long elapsedMillis, long nowNanos) {
    Will will = Will.NOTHING;
    for (ServerOverride each : overrides) {
      require(each.backend() != null && each.kind() != null && each.owner() != null, each);
      long ageMillis = Math.clamp(each.ageMillis(), 0, LONGEST_MILLIS) + elapsedMillis;
      Stamp stamp =
          new Stamp(
              each.owner(),
              Optional.ofNullable(each.reason()),
              nowNanos - TimeUnit.MILLISECONDS.toNanos(ageMillis));
      will =
          switch (each.kind()) {
            case DRAIN -> will.with(each.backend(), drain(each, stamp, elapsedMillis, nowNanos));
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
    return will;
  }

  private static Drain drain(ServerOverride form, Stamp stamp, long elapsedMillis, long nowNanos) {
    require(form.drain() != null && form.drain().open() != null, form);
    Long endsInMillis = form.drain().endsInMillis();
    long deadlineNanos =
        endsInMillis == null
            ? Drain.NEVER
            : nowNanos
                + TimeUnit.MILLISECONDS.toNanos(
                    Math.clamp(endsInMillis - elapsedMillis, 0, LONGEST_MILLIS));
    Drain.Progress progress =
        form.drain().out()
            ? new Drain.Out(form.drain().open())
            : Drain.begin(Optional.of(form.drain().open()));
    return new Drain(stamp, form.drain().untilEmpty(), deadlineNanos, progress);
  }

  private static int weight(Integer weight, ServerOverride form) {
    require(weight != null && weight >= 0, form);
    return weight;
  }

  private static void require(boolean condition, ServerOverride form) {
    if (!condition) {
      throw new IllegalArgumentException("not an override: " + form);
    }
  }
}
