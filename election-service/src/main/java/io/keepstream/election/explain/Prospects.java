package io.keepstream.election.explain;

import io.keepstream.contract.value.Durations;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;

/** What would make a virtual router change its state or its priority, in words. */
final class Prospects {
  private Prospects() {}

  static List<String> of(RouterView view) {
    List<String> next = new ArrayList<>();
    switch (view.phase().state()) {
      case State.Init _ -> next.addAll(whileInit(view));
      case State.Fault _ ->
          view.parameters().faults().forEach(fault -> next.add("stays in FAULT while " + fault));
      case Backup backup -> {
        next.add(whileBackup(view, backup));
        preemption(view, backup, next);
        changes(view, next);
      }
      case State.Master _ -> {
        next.add(whileMaster(view));
        changes(view, next);
      }
      case State.Stop _ -> next.add("has ended and stays so");
    }
    return next;
  }

  private static List<String> whileInit(RouterView view) {
    List<String> awaited = new ArrayList<>();
    if (view.delayedUntilNanos() != StartDelay.OVER) {
      long remainingNanos = Math.max(0, view.delayedUntilNanos() - view.nowNanos());
      awaited.add("starts after the start delay ends in " + Durations.text(remainingNanos));
    }
    view.parameters().awaited().stream()
        .filter(each -> !each.equals(StartDelay.WORDS))
        .forEach(each -> awaited.add("starts when %s has reported".formatted(each)));
    return awaited.isEmpty() ? List.of("starts when all it needs to know is known") : awaited;
  }

  private static String whileBackup(RouterView view, Backup backup) {
    String takeover =
        "becomes MASTER in "
            + Durations.text(Math.max(0, backup.deadlineNanos() - view.nowNanos()));
    Heard heard = backup.heard();
    if (backup.wantsMaster()) {
      return "is ready to be MASTER and becomes it when its whole sync group is";
    }
    if (backup.lower() != null) {
      return "%s, over %s, whose priority %d is lower"
          .formatted(takeover, address(backup.lower()), backup.lower().priority());
    }
    if (heard == null) {
      return takeover + " if no advert comes";
    }
    return heard.priority() == 0
        ? "%s, since %s has left".formatted(takeover, address(heard))
        : "%s if %s falls silent".formatted(takeover, address(heard));
  }

  private static void preemption(RouterView view, Backup backup, List<String> next) {
    int ours = view.parameters().effectivePriority();
    Heard heard = backup.heard();
    if (heard == null || heard.priority() == 0 || backup.lower() != null) {
      return;
    }
    boolean lower = heard.priority() < ours;
    if (!view.config().machine().preempt()) {
      next.add(
          "does not replace a MASTER of lower priority, because of nopreempt"
              + (lower ? "; %s has %d".formatted(address(heard), heard.priority()) : ""));
    } else if (lower && backup.preemptNotBeforeNanos() != State.NEVER) {
      long remainingNanos = Math.max(0, backup.preemptNotBeforeNanos() - view.nowNanos());
      next.add(
          "replaces %s, whose priority %d is lower, after preempt_delay ends in %s"
              .formatted(address(heard), heard.priority(), Durations.text(remainingNanos)));
    } else {
      next.add("replaces any MASTER whose priority is below %d".formatted(ours));
    }
  }

  private static String whileMaster(RouterView view) {
    int ours = view.parameters().effectivePriority();
    String address = view.parameters().primaryAddress().getHostAddress();
    String equal = "%d from an address above %s".formatted(ours, address);
    return ours == VirtualRouterConfig.OWNER_PRIORITY
        ? "yields only to an advert of priority " + equal
        : "yields to any advert of priority above %d, or of %s".formatted(ours, equal);
  }

  private static void changes(RouterView view, List<String> next) {
    if (view.config().tracksInterface()) {
      next.add(
          "goes to FAULT if interface %s goes down"
              .formatted(view.config().router().networkInterface()));
    }
    if (!view.companions().isEmpty()) {
      next.add(
          "goes to FAULT if %s does, with sync group %s"
              .formatted(String.join(" or ", view.companions()), view.group().name()));
    }
    int ours = view.parameters().effectivePriority();
    for (Watched each : view.watched()) {
      if (each.otherwise() == null) {
        continue;
      }
      String event = each.says().equals("up") ? "fails" : "recovers";
      if (!each.otherwise().faults().isEmpty()) {
        next.add("goes to FAULT if %s %s".formatted(each.name(), event));
      } else if (each.otherwise().priority().effective() != ours) {
        next.add(
            "has priority %d if %s %s"
                .formatted(each.otherwise().priority().effective(), each.name(), event));
      }
    }
  }

  private static String address(Heard heard) {
    return heard.sender().getHostAddress();
  }
}
