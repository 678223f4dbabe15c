package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Locale;

/** What operators do to real servers, and what comes of it. None of it is a failure. */
public sealed interface OperatorEvent extends BackendEvent {

  /**
   * The real server is to get no new connections; those it has go on.
   *
   * @param owner who ordered it
   * @param reason why, in the owner's words
   * @param untilEmpty whether it leaves the table when no connection is left
   * @param maxMillis after how long it leaves the table whatever is left; never without
   * @param open what it has; unknown without
   */
  @JsonTypeName("io.keepstream.backend.drain-started.v1")
  record DrainStarted(
      BackendRef backend,
      String owner,
      @JsonInclude(NON_NULL) String reason,
      boolean untilEmpty,
      @JsonInclude(NON_NULL) Long maxMillis,
      @JsonInclude(NON_NULL) OpenConnections open)
      implements OperatorEvent {

    @Override
    public String summary() {
      return "Draining service %s of VS %s [by %s%s; %s; %s]"
          .formatted(
              backend.realServer(),
              backend.virtualServer(),
              owner,
              OrderText.because(reason),
              open == null ? "connections unknown" : open.text(),
              OrderText.end(untilEmpty, maxMillis));
    }
  }

  /**
   * Of the connections of the drained real server at most half are left since this was told last,
   * or none.
   *
   * @param open what it has
   * @param heldMillis how long it has been drained
   */
  @JsonTypeName("io.keepstream.backend.drain-progress.v1")
  record DrainProgress(BackendRef backend, OpenConnections open, long heldMillis)
      implements OperatorEvent {
    @Override
    public String summary() {
      return "Draining service %s of VS %s: %s are left after %d ms"
          .formatted(backend.realServer(), backend.virtualServer(), open.text(), heldMillis);
    }
  }

  /**
   * The drained real server leaves the table, and stays out.
   *
   * @param cause {@code empty}, or {@code max} when its time was up
   * @param cut the connections that it still had: they end here with IPVS, and go on with it with
   *     nftables
   * @param heldMillis how long it was drained
   */
  @JsonTypeName("io.keepstream.backend.drain-ended.v1")
  record DrainEnded(BackendRef backend, String cause, OpenConnections cut, long heldMillis)
      implements OperatorEvent {
    @Override
    public String summary() {
      return "Drained service %s of VS %s [%s; after %d ms; %s cut]"
          .formatted(backend.realServer(), backend.virtualServer(), cause, heldMillis, cut.text());
    }
  }

  /**
   * The real server is not drained any more.
   *
   * @param cause who ordered it, or that the configuration has no such server
   * @param heldMillis how long it was drained
   */
  @JsonTypeName("io.keepstream.backend.undrained.v1")
  record Undrained(BackendRef backend, String cause, long heldMillis) implements OperatorEvent {
    @Override
    public String summary() {
      return "No longer draining service %s of VS %s [%s; after %d ms]"
          .formatted(backend.realServer(), backend.virtualServer(), cause, heldMillis);
    }
  }

  /**
   * The real server has another weight than the configuration gives it, was added to it or removed
   * from it.
   *
   * @param kind what of it
   * @param weight its weight; none of one that was removed
   * @param owner who ordered it
   * @param reason why, in the owner's words
   */
  @JsonTypeName("io.keepstream.backend.override-set.v1")
  record OverrideSet(
      BackendRef backend,
      OverrideKind kind,
      @JsonInclude(NON_NULL) Integer weight,
      String owner,
      @JsonInclude(NON_NULL) String reason)
      implements OperatorEvent {
    @Override
    public String summary() {
      return "Overriding the configuration of service %s of VS %s: %s [by %s%s]"
          .formatted(
              backend.realServer(),
              backend.virtualServer(),
              kind == OverrideKind.REMOVED ? "removed" : words(),
              owner,
              OrderText.because(reason));
    }

    private String words() {
      return (kind == OverrideKind.ADDED ? "added with weight " : "weight ") + weight;
    }
  }

  /**
   * The configuration alone says again what the real server is.
   *
   * @param kind what it was overridden by
   * @param cause who ordered it, or what the configuration says now
   * @param heldMillis how long it was overridden
   */
  @JsonTypeName("io.keepstream.backend.override-cleared.v1")
  record OverrideCleared(BackendRef backend, OverrideKind kind, String cause, long heldMillis)
      implements OperatorEvent {
    @Override
    public String summary() {
      return "No longer overriding the configuration of service %s of VS %s: %s [%s; after %d ms]"
          .formatted(
              backend.realServer(),
              backend.virtualServer(),
              kind.name().toLowerCase(Locale.ROOT),
              cause,
              heldMillis);
    }
  }
}
