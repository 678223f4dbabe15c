package io.keepstream.election.simulation;

import io.keepstream.election.bfd.Intervals;
import io.keepstream.election.bfd.Session;
import io.keepstream.election.bfd.SessionConfig;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.SimulatedLan.Weather;
import io.keepstream.testkit.sim.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One run: the two ends of a session, disturbances from a seed, then quiet. In the end both must be
 * up with agreed intervals, beat in time, and notice a cut and a polite end for what they are.
 */
final class BfdRun {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int DISTURBANCES = 30;
  private static final long SETTLE_NANOS = 60 * SECOND;

  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedLan<byte[]> lan;
  private final List<String> trace = new ArrayList<>();
  private final BfdNode a;
  private final BfdNode b;

  BfdRun(long seed) {
    random = new Random(seed);
    lan = new SimulatedLan<>(time, random);
    boolean onePassive = random.nextInt(3) == 0;
    a = new BfdNode(time, lan, config(false), random, trace::add);
    b = new BfdNode(time, lan, config(onePassive), random, trace::add);
  }

  private SessionConfig config(boolean passive) {
    return new SessionConfig(
        1000L * random.nextInt(3, 500),
        1000L * random.nextInt(3, 500),
        1000L * random.nextInt(1000, 2000),
        random.nextInt(1, 6),
        passive);
  }

  /** What happened, line by line. */
  List<String> trace() {
    return trace;
  }

  void run() {
    a.start();
    time.after(random.nextLong(SECOND), b::start);
    for (int i = 0; i < DISTURBANCES; i++) {
      advance(random.nextLong(3 * SECOND));
      disturb(random.nextBoolean() ? a : b);
    }
    calm();
    advance(SETTLE_NANOS);
    checkAgreed(a, b);
    checkAgreed(b, a);
    checkBeat();
    checkCut();
    checkPoliteEnd();
  }

  private void disturb(BfdNode node) {
    switch (random.nextInt(9)) {
      case 0 -> lan.connect((from, to) -> false);
      case 1 -> lan.connect((from, to) -> from == 0);
      case 2 -> lan.connect((from, to) -> true);
      case 3 ->
          lan.weather(
              new Weather(random.nextInt(60), random.nextInt(50), random.nextLong(300 * MILLI)));
      case 4 -> lan.weather(Weather.FAIR);
      case 5 -> node.reconfigure(config(node.config().passive()));
      case 6 -> stop(node);
      case 7 -> {
        if (node.running()) {
          node.pause();
        }
      }
      default -> wake(node);
    }
  }

  private void stop(BfdNode node) {
    if (node.running() && random.nextBoolean()) {
      node.crash();
    } else if (node.running()) {
      node.stopPolitely();
    }
  }

  private static void wake(BfdNode node) {
    if (node.running()) {
      node.resume();
    } else {
      node.start();
    }
  }

  private void calm() {
    lan.weather(Weather.FAIR);
    lan.connect((from, to) -> true);
    wake(a);
    wake(b);
  }

  private void advance(long nanos) {
    long untilNanos = time.nanos() + nanos;
    long windowNanos = time.nanos();
    long[] before = {a.beats(), b.beats()};
    while (time.step(untilNanos)) {
      a.checkConsistent();
      b.checkConsistent();
      if (time.nanos() - windowNanos >= SECOND) {
        checkBudget(a, before[0], time.nanos() - windowNanos);
        checkBudget(b, before[1], time.nanos() - windowNanos);
        windowNanos = time.nanos();
        before = new long[] {a.beats(), b.beats()};
      }
    }
  }

  /** At the fastest every 3 ms less a quarter, and once more for each change of state. */
  private void checkBudget(BfdNode node, long before, long windowNanos) {
    long budget = windowNanos * 4 / (9 * MILLI) + 500;
    check(node.beats() - before <= budget, "a storm of " + (node.beats() - before) + " packets");
  }

  private void checkAgreed(BfdNode node, BfdNode other) {
    check(node.up(), "not up in calm: " + node.session());
    Session session = node.session();
    SessionConfig ours = node.config();
    SessionConfig theirs = other.config();
    check(session.timing().poll() == Session.Poll.DONE, "still polling: " + session);
    check(
        Intervals.transmitMicros(session) == Math.max(ours.minTxMicros(), theirs.minRxMicros()),
        "sends in another interval: " + session);
    check(
        Intervals.detectionMicros(session)
            == theirs.multiplier() * Math.max(ours.minRxMicros(), theirs.minTxMicros()),
        "waits another time: " + session);
  }

  private void checkBeat() {
    int lines = trace.size();
    long before = a.beats();
    long polls = a.polls() + b.polls();
    long intervalMicros = Intervals.transmitMicros(a.session());
    advance(100 * intervalMicros * 1000);
    long beats = a.beats() - before;
    check(beats >= 99 && beats <= 134, beats + " packets in 100 intervals");
    check(trace.size() == lines, "something happened in calm");
    check(a.polls() + b.polls() == polls, "polls without a reason");
  }

  private void checkCut() {
    long detectionNanos =
        1000
            * Math.max(
                Intervals.detectionMicros(a.session()), Intervals.detectionMicros(b.session()));
    lan.connect((from, to) -> false);
    advance(detectionNanos + MILLI);
    check(!a.up() && !b.up(), "up although nothing was heard");
    check(!a.shell().reachable() && !b.shell().reachable(), "a cut that trackers do not see");
    lan.connect((from, to) -> true);
    advance(SETTLE_NANOS);
    check(a.up() && b.up(), "not up after the cut");
  }

  private void checkPoliteEnd() {
    b.stopPolitely();
    advance(SECOND / 10);
    check(!a.up(), "up although the neighbour has left");
    check(a.shell().reachable(), "trackers fault a neighbour that left on purpose");
  }

  private void check(boolean holds, String violation) {
    if (!holds) {
      throw new AssertionError(time.nanos() / 1000 + " us: " + violation);
    }
  }
}
