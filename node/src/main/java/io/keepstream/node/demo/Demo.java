package io.keepstream.node.demo;

import io.keepstream.node.demo.Visitor.Visit;
import io.keepstream.node.run.Signals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Plays the tutorial: both nodes start, node 1 leaves, returns, is killed, returns. */
final class Demo {
  private static final Duration TICK = Duration.ofMillis(50);

  /** One act: when {@code ready} has held for {@code delay}, it is announced and done. */
  private record Act(String announcement, BooleanSupplier ready, Duration delay, Runnable action) {}

  private final Stage stage;
  private final DemoNode node1;
  private final DemoNode node2;
  private final Visitor visitor;
  private final Screen screen;
  private final Deque<Act> acts = new ArrayDeque<>();
  private long readySinceNanos;
  private String lastServer = "";
  private long visits;
  private long lost;
  private long lostSinceNanos;

  Demo(Stage stage, DemoNode node1, DemoNode node2, Screen screen, boolean hints) {
    this.stage = stage;
    this.node1 = node1;
    this.node2 = node2;
    this.screen = screen;
    this.visitor = stage.lab().own(new Visitor(stage.client()));
    acts.add(new Act("both nodes start", () -> true, Duration.ZERO, this::startBoth));
    acts.add(
        new Act(
            "node1 is asked to leave (SIGTERM): it says so, and node2 waits only its skew time",
            node1::isMaster,
            Duration.ofSeconds(5),
            node1::stop));
    acts.add(
        new Act(
            "node1 starts again: its priority is higher, so it takes the address back",
            node2::isMaster,
            Duration.ofSeconds(4),
            node1::start));
    acts.add(
        new Act(
            "node1 is killed (kill -9): it says nothing, so node2 waits for three adverts",
            node1::isMaster,
            Duration.ofSeconds(5),
            node1::kill));
    acts.add(new Act("node1 starts again", node2::isMaster, Duration.ofSeconds(4), node1::start));
    acts.add(
        new Act(
            "that was all; both nodes go on until Ctrl-C",
            node1::isMaster,
            Duration.ofSeconds(3),
            hints ? this::sayWhatToTry : () -> {}));
  }

  /** Plays until a signal comes, and names it. */
  String play(Signals signals) throws InterruptedException {
    String signal = null;
    while (signal == null) {
      tell();
      nextAct();
      signal = signals.next(TICK);
    }
    screen.end();
    return signal;
  }

  private void startBoth() {
    node1.start();
    node2.start();
  }

  private void nextAct() {
    Act act = acts.peek();
    long nowNanos = System.nanoTime();
    if (act == null || !act.ready().getAsBoolean()) {
      readySinceNanos = nowNanos;
    } else if (nowNanos - readySinceNanos >= act.delay().toNanos()) {
      acts.remove();
      screen.say("demo", act.announcement());
      act.action().run();
      readySinceNanos = nowNanos;
    }
  }

  private void tell() {
    for (DemoNode node : List.of(node1, node2)) {
      node.news().forEach(line -> screen.say(node.name(), line));
    }
    visitor.news().forEach(this::tell);
    long nowNanos = System.nanoTime();
    screen.status(
        "%s | %s | client: %s, %d of %d answered"
            .formatted(
                node1.status(nowNanos),
                node2.status(nowNanos),
                lastServer.isEmpty() ? "-" : "served by " + lastServer,
                visits - lost,
                visits));
  }

  private void tell(Visit visit) {
    if (lastServer.isEmpty() && visit.server() == null) {
      return; // nobody has the address yet
    }
    visits++;
    if (visit.server() == null) {
      lost++;
      lostSinceNanos = lostSinceNanos == 0 ? visit.atNanos() : lostSinceNanos;
      return;
    }
    String gap = "";
    if (lostSinceNanos != 0) {
      gap = " (no answer for %d ms)".formatted((visit.atNanos() - lostSinceNanos) / 1_000_000);
      lostSinceNanos = 0;
    }
    if (!visit.server().equals(lastServer) || !gap.isEmpty()) {
      lastServer = visit.server();
      screen.say("client", "http://" + Stage.VIP + "/ is served by " + lastServer + gap);
    }
  }

  private void sayWhatToTry() {
    String enter = "ip netns exec ";
    screen.print("");
    screen.print("  Try from another terminal, as root:");
    screen.print("    " + enter + stage.client().namespace() + " curl http://" + Stage.VIP + "/");
    screen.print("    " + enter + node1.host().namespace() + " ip addr show ens192");
    screen.print("    " + enter + node1.host().namespace() + " ip link set ens192 down");
    screen.print("    kill -STOP " + node1.pid() + "    # node1 freezes; kill -CONT thaws it");
    screen.print("");
  }
}
