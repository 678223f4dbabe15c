package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** What happens to real servers. */
public sealed interface BackendEvent extends Event
    permits BackendEvent.Up,
        BackendEvent.Down,
        BackendEvent.CheckChanged,
        BackendEvent.ShadowVerdict,
        BackendEvent.StartedUp,
        BackendEvent.Withdrawn,
        BackendEvent.Added,
        BackendEvent.Removed,
        BackendEvent.WeightChanged,
        BackendEvent.WeightAdjusted,
        BackendEvent.ChecksCopied,
        OperatorEvent {

  /** The real server concerned. */
  BackendRef backend();

  @Override
  default String subject() {
    return "backend/" + backend().virtualServer() + "/" + backend().realServer();
  }

  /**
   * No check of the real server is failed any more.
   *
   * @param heldMillis how long it was down
   */
  @JsonTypeName("io.keepstream.backend.up.v1")
  record Up(BackendRef backend, long heldMillis, CheckEvidence evidence) implements BackendEvent {
    @Override
    public String summary() {
      return "Real server %s of virtual server %s is UP [%s; was down for %d ms]"
          .formatted(backend.realServer(), backend.virtualServer(), evidence.text(), heldMillis);
    }
  }

  /**
   * A check of the real server failed often enough.
   *
   * @param heldMillis how long it was up
   */
  @JsonTypeName("io.keepstream.backend.down.v1")
  record Down(BackendRef backend, long heldMillis, CheckEvidence evidence) implements BackendEvent {
    @Override
    public String summary() {
      return "Real server %s of virtual server %s is DOWN [%s; was up for %d ms]"
          .formatted(backend.realServer(), backend.virtualServer(), evidence.text(), heldMillis);
    }
  }

  /**
   * One of several checks of the real server changed its verdict, which left the real server as it
   * was.
   *
   * @param up what the real server is all the same
   * @param good the check's verdict
   */
  @JsonTypeName("io.keepstream.backend.check-changed.v1")
  record CheckChanged(BackendRef backend, boolean up, boolean good, CheckEvidence evidence)
      implements BackendEvent {
    @Override
    public String summary() {
      return "Real server %s of virtual server %s stays %s [%s]"
          .formatted(
              backend.realServer(), backend.virtualServer(), up ? "UP" : "DOWN", evidence.text());
    }
  }

  /**
   * A shadow check of the real server came to a verdict, on which nothing acts.
   *
   * @param good whether the real server would be up if it were the only check
   */
  @JsonTypeName("io.keepstream.backend.shadow-verdict.v1")
  record ShadowVerdict(BackendRef backend, boolean good, CheckEvidence evidence)
      implements BackendEvent {
    @Override
    public String summary() {
      return "Real server %s of virtual server %s would be %s [shadow %s]"
          .formatted(
              backend.realServer(), backend.virtualServer(), good ? "UP" : "DOWN", evidence.text());
    }
  }

  /** The real server is taken for up from the start on, before any check has looked. */
  @JsonTypeName("io.keepstream.backend.started-up.v1")
  record StartedUp(BackendRef backend) implements BackendEvent {
    @Override
    public String summary() {
      return "Real server %s of virtual server %s starts UP"
          .formatted(backend.realServer(), backend.virtualServer());
    }
  }

  /**
   * The real server was up and is one no longer, though no check has failed.
   *
   * @param reason {@code reload} or {@code shutdown}
   */
  @JsonTypeName("io.keepstream.backend.withdrawn.v1")
  record Withdrawn(BackendRef backend, String reason) implements BackendEvent {
    @Override
    public String summary() {
      return "Shutting down service %s from VS %s [%s]"
          .formatted(backend.realServer(), backend.virtualServer(), reason);
    }
  }

  /**
   * The real server was put into the kernel's table.
   *
   * @param weight its weight; 0 gets no new connections
   */
  @JsonTypeName("io.keepstream.backend.added.v1")
  record Added(BackendRef backend, int weight) implements BackendEvent {
    @Override
    public String summary() {
      return "Adding service %s to VS %s with weight %d"
          .formatted(backend.realServer(), backend.virtualServer(), weight);
    }
  }

  /** The real server was taken out of the kernel's table. */
  @JsonTypeName("io.keepstream.backend.removed.v1")
  record Removed(BackendRef backend) implements BackendEvent {
    @Override
    public String summary() {
      return "Removing service %s from VS %s"
          .formatted(backend.realServer(), backend.virtualServer());
    }
  }

  /**
   * The real server's weight in the kernel's table changed.
   *
   * @param previous its weight before
   * @param weight its weight now; 0 gets no new connections
   */
  @JsonTypeName("io.keepstream.backend.weight.v1")
  record WeightChanged(BackendRef backend, int previous, int weight) implements BackendEvent {
    @Override
    public String summary() {
      return "Changing weight of %s in VS %s from %d to %d"
          .formatted(backend.realServer(), backend.virtualServer(), previous, weight);
    }
  }

  /**
   * Checks want the real server to have another weight.
   *
   * @param previous what they changed the configured weight by before
   * @param adjustment what they change it by from now on
   */
  @JsonTypeName("io.keepstream.backend.weight-adjusted.v1")
  record WeightAdjusted(BackendRef backend, int previous, int adjustment, CheckEvidence evidence)
      implements BackendEvent {
    @Override
    public String summary() {
      return "Weight of real server %s of virtual server %s is adjusted by %+d instead of %+d [%s]"
          .formatted(
              backend.realServer(), backend.virtualServer(), adjustment, previous, evidence.text());
    }
  }

  /**
   * The real server, which an operator has added, is checked as the others of its virtual server
   * are: by the checks that all of them have in common.
   *
   * @param checks keyword and target of each; none where nothing checks it
   * @param up what it counts as until they have found something
   */
  @JsonTypeName("io.keepstream.backend.checks-copied.v1")
  record ChecksCopied(BackendRef backend, List<String> checks, boolean up) implements BackendEvent {
    public ChecksCopied {
      checks = List.copyOf(checks);
    }

    @Override
    public String summary() {
      String server =
          "added real server %s of virtual server %s"
              .formatted(backend.realServer(), backend.virtualServer());
      return checks.isEmpty()
          ? "Nothing checks %s: the others have no check in common".formatted(server)
          : "Checking %s as the others are: %s".formatted(server, String.join(", ", checks));
    }
  }
}
