package io.keepstream.election.edge;

import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.machine.Event;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.SyncGroup;
import io.keepstream.election.port.Publishing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one sync group: passes on what a member knows and does, as {@link SyncGroup} says, and tells
 * when all members have arrived in one state. Everything is called on the members' thread.
 */
public final class SyncGroupShell {
  private final String name;
  private final List<VirtualRouterShell> members;
  private final Publishing publishing;
  private final Map<VirtualRouterShell, Parameters> known = new HashMap<>();
  private final Deque<SyncGroup.Step> steps = new ArrayDeque<>();
  private boolean busy;
  private VrrpState state;
  private long sinceNanos;

  /** A group of {@code members}, each of which has to join it before anything happens to it. */
  public SyncGroupShell(String name, List<VirtualRouterShell> members, Publishing publishing) {
    this.name = name;
    this.members = List.copyOf(members);
    this.publishing = publishing;
    state = common(VrrpState.INIT);
    sinceNanos = publishing.nowNanos();
  }

  /** Its name and the names its members have now. */
  SyncGroupConfig config() {
    return new SyncGroupConfig(name, members.stream().map(VirtualRouterShell::name).toList());
  }

  boolean consistsOf(List<VirtualRouterShell> shells) {
    return members.equals(shells);
  }

  /** What a member knows by itself; when all have started, they learn what follows for them. */
  void known(VirtualRouterShell member, Parameters own) {
    known.put(member, own);
    if (!known.keySet().containsAll(members)) {
      return;
    }
    List<SyncGroup.Knowing> knowing =
        members.stream().map(each -> new SyncGroup.Knowing(each.name(), known.get(each))).toList();
    inOneGo(
        () -> {
          for (int i = 0; i < members.size(); i++) {
            members.get(i).take(SyncGroup.shared(knowing.get(i), knowing));
          }
        });
  }

  /** What a member has done. */
  void moved(VirtualRouterShell member, State previous, Event event, TransitionCause cause) {
    List<SyncGroup.Member> now =
        members.stream().map(m -> new SyncGroup.Member(m.name(), m.machineState())).toList();
    SyncGroup.Move move = new SyncGroup.Move(members.indexOf(member), previous, event, cause);
    steps.addAll(SyncGroup.next(now, move));
    inOneGo(() -> {});
  }

  /** Takes the steps that follow, and those that follow from them, before telling the result. */
  private void inOneGo(Runnable first) {
    if (busy) {
      first.run();
      return;
    }
    busy = true;
    try {
      first.run();
      while (!steps.isEmpty()) {
        SyncGroup.Step step = steps.remove();
        members.get(step.member()).on(step.event());
      }
    } finally {
      busy = false;
    }
    tell();
  }

  private void tell() {
    VrrpState now = common(state);
    if (now != state) {
      long nowNanos = publishing.nowNanos();
      publishing.publish(
          new GroupChanged(
              name,
              state,
              now,
              TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos),
              members.stream().map(VirtualRouterShell::name).toList()));
      state = now;
      sinceNanos = nowNanos;
    }
  }

  /** The state all members are in, or {@code otherwise}. */
  private VrrpState common(VrrpState otherwise) {
    List<VrrpState> states = members.stream().map(VirtualRouterShell::state).distinct().toList();
    return states.size() == 1 ? states.getFirst() : otherwise;
  }
}
