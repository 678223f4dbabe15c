package io.keepstream.election.simulation;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.edge.SyncGroupShell;
import io.keepstream.election.edge.VirtualRouterShell;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.VirtualTime;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A host with one virtual router on each LAN; several of them are one sync group. */
final class SimulatedHost {
  private final ElectionConfig config;
  private final List<SimulatedNode> routers = new ArrayList<>();
  private final Map<TrackerRef, Known> knowledge = new HashMap<>();
  private boolean paused;

  SimulatedHost(
      VirtualTime time,
      List<SimulatedLan<SimulatedNode.Frame>> lans,
      ElectionConfig config,
      int number,
      Consumer<String> trace) {
    this.config = config;
    for (int lan = 0; lan < lans.size(); lan++) {
      InetAddress address = InetAddress.ofLiteral("10.0.%d.%d".formatted(lan, number + 1));
      InstanceConfig instance = config.instances().get(lan);
      routers.add(new SimulatedNode(time, lans.get(lan), instance, address, trace));
    }
  }

  void start() {
    paused = false;
    List<VirtualRouterShell> shells =
        routers.stream().map(router -> router.prepare(this::known)).toList();
    for (SyncGroupConfig group : config.groups()) {
      SyncGroupShell shell =
          new SyncGroupShell(group.name(), shells, routers.getFirst().publishing());
      shells.forEach(each -> each.join(shell));
    }
    routers.forEach(SimulatedNode::begin);
  }

  private Known known(TrackerRef tracker) {
    return knowledge.getOrDefault(tracker, Verdict.UNKNOWN);
  }

  void crash() {
    routers.forEach(SimulatedNode::crash);
  }

  void stopPolitely() {
    resume();
    routers.forEach(SimulatedNode::stopPolitely);
    crash();
  }

  void pause() {
    paused = true;
    routers.forEach(SimulatedNode::pause);
  }

  /** As in life: first what lies in the sockets, then the timers. */
  void resume() {
    if (paused) {
      paused = false;
      routers.forEach(SimulatedNode::readOn);
      routers.forEach(SimulatedNode::ring);
      routers.forEach(SimulatedNode::changed);
    }
  }

  /** Something is known of a tracker from now on. */
  void learn(TrackerRef tracker, Known known) {
    knowledge.put(tracker, known);
    routers.forEach(SimulatedNode::changed);
  }

  boolean running() {
    return routers.getFirst().running();
  }

  SimulatedNode on(int lan) {
    return routers.get(lan);
  }

  List<SimulatedNode> routers() {
    return routers;
  }

  /** The host by itself is never in contradiction. */
  void checkConsistent() {
    routers.forEach(SimulatedNode::checkConsistent);
    if (!running() || config.groups().isEmpty() || paused) {
      return;
    }
    List<VrrpState> states = routers.stream().map(SimulatedNode::state).distinct().toList();
    if (states.size() > 1) {
      throw new AssertionError("members of a group are " + states);
    }
    if (routers.stream().anyMatch(SimulatedNode::isCut)
        && routers.stream().anyMatch(SimulatedNode::hasAddresses)) {
      throw new AssertionError("a group with a fault has addresses");
    }
  }
}
