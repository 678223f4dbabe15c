package io.keepstream.election.simulation;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.machine.Tracking.FileSays;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.SimulatedLan.Weather;
import io.keepstream.testkit.sim.VirtualTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * One run: hosts with a virtual router on each LAN, a minute of disturbances from a seed, then
 * quiet. After every step the hosts must be consistent; in the end exactly one of them must be
 * MASTER, the same one on every LAN, and stay.
 */
final class SimulationRun {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int DISTURBANCES = 40;
  private static final int STEP_LIMIT = 2_000_000;

  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final List<SimulatedLan<SimulatedNode.Frame>> lans;
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private final List<InstanceConfig> instances;
  private final List<String> trace = new ArrayList<>();
  private final long intervalNanos;
  private int steps;

  SimulationRun(long seed, Function<RandomConfig, List<ElectionConfig>> configs) {
    random = new Random(seed);
    List<ElectionConfig> each = configs.apply(new RandomConfig(random));
    int lanCount = each.getFirst().instances().size();
    lans =
        IntStream.range(0, lanCount)
            .mapToObj(lan -> new SimulatedLan<SimulatedNode.Frame>(time, random))
            .toList();
    for (int i = 0; i < each.size(); i++) {
      hosts.add(new SimulatedHost(time, lans, each.get(i), i, trace::add));
    }
    instances = each.stream().flatMap(config -> config.instances().stream()).toList();
    intervalNanos = greatest(instance -> instance.machine().advertIntervalNanos());
  }

  private long greatest(ToLongFunction<InstanceConfig> nanos) {
    return instances.stream().mapToLong(nanos).max().orElseThrow();
  }

  /** What happened, line by line. */
  List<String> trace() {
    return trace;
  }

  void run() {
    for (SimulatedHost host : hosts) {
      host.learn(RandomConfig.BIAS, new FileSays(0));
      if (random.nextBoolean()) {
        host.learn(RandomConfig.CHK, Verdict.UP);
      }
      time.after(random.nextLong(3 * intervalNanos), host::start);
    }
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
    SimulatedHost host = hosts.get(random.nextInt(hosts.size()));
    int number = random.nextInt(lans.size());
    SimulatedLan<SimulatedNode.Frame> lan = lans.get(number);
    switch (random.nextInt(13)) {
      case 0, 1 -> partition(lan);
      case 2 -> lan.connect((from, to) -> true);
      case 3, 4 ->
          lan.weather(
              new Weather(
                  random.nextInt(60), random.nextInt(50), 1 + random.nextLong(2 * intervalNanos)));
      case 5 -> lan.weather(Weather.FAIR);
      case 6 -> onRunning(host, SimulatedHost::crash);
      case 7 -> onRunning(host, SimulatedHost::stopPolitely);
      case 8 -> onRunning(host, SimulatedHost::pause);
      case 9 -> host.learn(RandomConfig.BIAS, new FileSays(random.nextInt(-60, 60)));
      case 10 -> host.on(number).cut(random.nextBoolean());
      case 11 -> host.learn(RandomConfig.CHK, random.nextBoolean() ? Verdict.UP : Verdict.DOWN);
      default -> wake(host);
    }
  }

  private void partition(SimulatedLan<SimulatedNode.Frame> lan) {
    int cut = random.nextInt(1 << hosts.size());
    boolean oneWay = random.nextInt(4) == 0;
    lan.connect(
        (from, to) -> {
          boolean fromInside = (cut >> from & 1) == 1;
          boolean toInside = (cut >> to & 1) == 1;
          return fromInside == toInside || (oneWay && fromInside);
        });
  }

  private static void onRunning(SimulatedHost host, Consumer<SimulatedHost> action) {
    if (host.running()) {
      action.accept(host);
    }
  }

  private static void wake(SimulatedHost host) {
    if (host.running()) {
      host.resume();
    } else {
      host.start();
    }
  }

  private void calm() {
    for (SimulatedLan<SimulatedNode.Frame> lan : lans) {
      lan.weather(Weather.FAIR);
      lan.connect((from, to) -> true);
    }
    for (SimulatedHost host : hosts) {
      wake(host);
      host.routers().forEach(router -> router.cut(false));
      host.learn(RandomConfig.BIAS, new FileSays(0));
      host.learn(RandomConfig.CHK, Verdict.UP);
    }
  }

  /** Delayed packets, the longest wait, a preemption delay, and one more wait for its loser. */
  private long settleNanos() {
    long delayNanos = greatest(instance -> instance.machine().preemptDelayNanos());
    return 2 * intervalNanos + delayNanos + 3 * (4 * intervalNanos + SECOND);
  }

  private void advance(long nanos) {
    long untilNanos = time.nanos() + nanos;
    long windowNanos = time.nanos();
    long[] sent = counts();
    while (time.step(untilNanos)) {
      hosts.forEach(SimulatedHost::checkConsistent);
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

  private List<SimulatedNode> routers() {
    return hosts.stream().flatMap(host -> host.routers().stream()).toList();
  }

  private long[] counts() {
    return routers().stream().mapToLong(SimulatedNode::advertsSent).toArray();
  }

  /** Nobody sends more than its beat, as many answers, and one for each resignation heard. */
  private void checkBudget(long[] before, long windowNanos) {
    long[] now = counts();
    for (int i = 0; i < now.length; i++) {
      long beatNanos = routers().get(i).config().machine().advertIntervalNanos();
      long budget = 3 * (windowNanos / beatNanos + 1) + 12;
      if (now[i] - before[i] > budget) {
        throw new AssertionError(
            "router " + i + " sent " + (now[i] - before[i]) + " adverts, budget " + budget);
      }
    }
  }

  private SimulatedHost checkOneMaster() {
    List<SimulatedHost> masters =
        IntStream.range(0, lans.size()).mapToObj(this::masterOn).distinct().toList();
    if (masters.size() != 1) {
      throw new AssertionError("not one MASTER on all LANs");
    }
    boolean allPreempt = instances.stream().allMatch(instance -> instance.machine().preempt());
    int best =
        routers().stream()
            .map(SimulatedNode::effectivePriority)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    if (allPreempt && masters.getFirst().on(0).effectivePriority() < best) {
      throw new AssertionError("the MASTER is not the best although all preempt");
    }
    return masters.getFirst();
  }

  private SimulatedHost masterOn(int lan) {
    List<SimulatedHost> masters =
        hosts.stream().filter(host -> host.on(lan).state() == VrrpState.MASTER).toList();
    if (masters.size() != 1) {
      throw new AssertionError(
          masters.size() + " MASTERs on LAN " + lan + " after the network was whole again");
    }
    return masters.getFirst();
  }

  private void checkStaysSo() {
    SimulatedHost master = checkOneMaster();
    long[] before = master.routers().stream().mapToLong(SimulatedNode::advertsSent).toArray();
    long quietNanos = 20 * intervalNanos;
    advance(quietNanos);
    if (checkOneMaster() != master) {
      throw new AssertionError("the MASTER changed without a reason");
    }
    for (int lan = 0; lan < lans.size(); lan++) {
      SimulatedNode router = master.on(lan);
      long sent = router.advertsSent() - before[lan];
      long beats = quietNanos / router.config().machine().advertIntervalNanos();
      if (Math.abs(sent - beats) > 1) {
        throw new AssertionError("the MASTER sent " + sent + " adverts in " + beats + " intervals");
      }
    }
  }
}
