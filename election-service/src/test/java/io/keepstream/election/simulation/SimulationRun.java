package io.keepstream.election.simulation;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.SimulatedLan.Weather;
import io.keepstream.testkit.sim.VirtualTime;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run: nodes of one virtual router, a minute of disturbances from a seed, then quiet. After
 * every step the nodes must be consistent; in the end exactly one of them must be MASTER, and stay.
 */
final class SimulationRun {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int DISTURBANCES = 40;
  private static final int STEP_LIMIT = 2_000_000;

  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedLan<SimulatedNode.Frame> lan;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<InstanceConfig> configs;
  private final List<String> trace = new ArrayList<>();
  private final long intervalNanos;
  private int steps;

  SimulationRun(long seed) {
    random = new Random(seed);
    lan = new SimulatedLan<>(time, random);
    configs = new RandomConfig(random).instances();
    intervalNanos = configs.getFirst().machine().advertIntervalNanos();
    for (int i = 0; i < configs.size(); i++) {
      nodes.add(
          new SimulatedNode(
              time, lan, configs.get(i), InetAddress.ofLiteral("10.0.0." + (i + 1)), trace::add));
    }
  }

  /** What happened, line by line. */
  List<String> trace() {
    return trace;
  }

  void run() {
    nodes.forEach(node -> time.after(random.nextLong(3 * intervalNanos), node::start));
    for (int i = 0; i < DISTURBANCES; i++) {
      advance(random.nextLong(6 * intervalNanos));
      disturb();
    }
    calm();
    advance(settleNanos());
    checkOneMaster();
    checkStaysSo();
  }

  private void disturb() {
    SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> partition();
      case 2 -> lan.connect((from, to) -> true);
      case 3, 4 ->
          lan.weather(
              new Weather(
                  random.nextInt(60), random.nextInt(50), 1 + random.nextLong(2 * intervalNanos)));
      case 5 -> lan.weather(Weather.FAIR);
      case 6 -> onRunning(node, SimulatedNode::crash);
      case 7 -> onRunning(node, SimulatedNode::stopPolitely);
      case 8 -> onRunning(node, SimulatedNode::pause);
      case 9 -> node.track(random.nextInt(-60, 60));
      case 10 -> node.fault(random.nextBoolean());
      default -> wake(node);
    }
  }

  private void partition() {
    int cut = random.nextInt(1 << nodes.size());
    boolean oneWay = random.nextInt(4) == 0;
    lan.connect(
        (from, to) -> {
          boolean fromInside = (cut >> from & 1) == 1;
          boolean toInside = (cut >> to & 1) == 1;
          return fromInside == toInside || (oneWay && fromInside);
        });
  }

  private static void onRunning(SimulatedNode node, Consumer<SimulatedNode> action) {
    if (node.running()) {
      action.accept(node);
    }
  }

  private static void wake(SimulatedNode node) {
    if (node.running()) {
      node.resume();
    } else {
      node.start();
    }
  }

  private void calm() {
    lan.weather(Weather.FAIR);
    lan.connect((from, to) -> true);
    for (SimulatedNode node : nodes) {
      wake(node);
      node.fault(false);
      node.track(0);
    }
  }

  /** Delayed packets, the longest wait, a preemption delay, and one more wait for its loser. */
  private long settleNanos() {
    long delayNanos =
        configs.stream().mapToLong(config -> config.machine().preemptDelayNanos()).max().orElse(0);
    return 2 * intervalNanos + delayNanos + 3 * (4 * intervalNanos + SECOND);
  }

  private void advance(long nanos) {
    long untilNanos = time.nanos() + nanos;
    long windowNanos = time.nanos();
    long[] sent = counts();
    while (time.step(untilNanos)) {
      nodes.forEach(SimulatedNode::checkConsistent);
      if (++steps > STEP_LIMIT) {
        throw new AssertionError("too many steps: a storm");
      }
      if (time.nanos() - windowNanos >= SECOND) {
        checkBudget(sent, time.nanos() - windowNanos);
        windowNanos = time.nanos();
        sent = counts();
      }
    }
  }

  private long[] counts() {
    return nodes.stream().mapToLong(SimulatedNode::advertsSent).toArray();
  }

  /** Nobody sends more than its beat, as many answers, and one for each resignation heard. */
  private void checkBudget(long[] before, long windowNanos) {
    long budget = 3 * (windowNanos / intervalNanos + 1) + 12;
    long[] now = counts();
    for (int i = 0; i < now.length; i++) {
      if (now[i] - before[i] > budget) {
        throw new AssertionError(
            "node " + i + " sent " + (now[i] - before[i]) + " adverts, budget " + budget);
      }
    }
  }

  private SimulatedNode checkOneMaster() {
    List<SimulatedNode> masters =
        nodes.stream().filter(node -> node.state() == VrrpState.MASTER).toList();
    if (masters.size() != 1) {
      throw new AssertionError(masters.size() + " MASTERs after the network was whole again");
    }
    boolean allPreempt = configs.stream().allMatch(config -> config.machine().preempt());
    int best = nodes.stream().mapToInt(SimulatedNode::effectivePriority).max().orElseThrow();
    if (allPreempt && masters.getFirst().effectivePriority() < best) {
      throw new AssertionError("the MASTER is not the best although all preempt");
    }
    return masters.getFirst();
  }

  private void checkStaysSo() {
    SimulatedNode master = checkOneMaster();
    long before = master.advertsSent();
    advance(20 * intervalNanos);
    if (checkOneMaster() != master) {
      throw new AssertionError("the MASTER changed without a reason");
    }
    long sent = master.advertsSent() - before;
    if (Math.abs(sent - 20) > 1) {
      throw new AssertionError("the MASTER sent " + sent + " adverts in 20 intervals");
    }
  }
}
