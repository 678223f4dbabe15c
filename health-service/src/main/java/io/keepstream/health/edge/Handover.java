package io.keepstream.health.edge;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands work from one event loop to another: all that comes up in one go together, since waking a
 * loop costs more than what it is woken for. To be used on the loop that hands over.
 */
final class Handover {
  private final EventLoop from;
  private final EventLoop to;
  private List<Runnable> waiting = new ArrayList<>();

  /** The same loop twice has nothing to hand over, and does at once what is to be done. */
  Handover(EventLoop from, EventLoop to) {
    this.from = from;
    this.to = to;
  }

  void execute(Runnable work) {
    if (from.equals(to)) {
      work.run();
      return;
    }
    if (waiting.isEmpty()) {
      from.execute(this::flush);
    }
    waiting.add(work);
  }

  private void flush() {
    List<Runnable> together = waiting;
    waiting = new ArrayList<>();
    to.execute(() -> together.forEach(Runnable::run));
  }
}
