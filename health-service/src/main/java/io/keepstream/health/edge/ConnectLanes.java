package io.keepstream.health.edge;

import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.EventLoops;
import io.keepstream.linux.socket.TcpProber;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that connect. A few thousand targets are all the service's own loop's; of more,
 * others get their share, since the kernel makes a connection on the processor that asks for it. To
 * be used on the service's loop only.
 */
final class ConnectLanes implements AutoCloseable {
  /** So many one loop connects to every second with ease, beside all that it has to do else. */
  static final int FEW = 8000;

  /** However many processors there are, most of them are somebody else's. */
  private static final int MOST = 4;

  /** A loop that connects to so many targets. */
  static final class Lane {
    private final IoEventLoop loop;
    private final TcpProber prober;
    private final Handover there;
    private final Handover back;
    private int targets;

    private Lane(Libc libc, IoEventLoop home, IoEventLoop loop) {
      this.loop = loop;
      prober = new TcpProber(libc, loop);
      there = new Handover(home, loop);
      back = new Handover(loop, home);
    }

    IoEventLoop loop() {
      return loop;
    }

    /** Runs {@code work} on the lane's loop; at once if that is the service's own. */
    void execute(Runnable work) {
      there.execute(work);
    }

    /** Whether the lane's loop has no time, so that silence proves nothing. */
    boolean isLate() {
      return there.isLate();
    }

    /** Runs {@code work} on the service's loop; to be called on the lane's. */
    void tell(Runnable work) {
      back.execute(work);
    }

    /** To be used on the lane's loop. */
    TcpProber prober() {
      return prober;
    }

    /** One target less. */
    void leave() {
      targets--;
    }
  }

  private final Libc libc;
  private final int few;
  private final Lane home;
  private final List<Lane> others = new ArrayList<>();

  /**
   * Opens nothing yet.
   *
   * @param home the service's own loop, which connects to the first {@code few} targets
   */
  ConnectLanes(Libc libc, IoEventLoop home, int few) {
    this.libc = libc;
    this.few = few;
    this.home = new Lane(libc, home, home);
  }

  /** Where one more target goes; it has to {@link Lane#leave} some day. */
  Lane enter() {
    Lane lane = home.targets < few ? home : leastBusy();
    lane.targets++;
    return lane;
  }

  private Lane leastBusy() {
    if (others.isEmpty()) {
      int lanes = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST);
      for (int number = 1; number < lanes; number++) {
        others.add(new Lane(libc, home.loop, EventLoops.dedicated("connect-" + number)));
      }
    }
    Lane other = others.stream().min(Comparator.comparingInt(lane -> lane.targets)).orElseThrow();
    return other.targets <= home.targets ? other : home;
  }

  /** Completes when all loops have come to it. */
  Future<?> reach() {
    return Future.join(others.stream().map(ConnectLanes::reach).toList());
  }

  private static Future<?> reach(Lane lane) {
    Promise<Void> reached = Promise.promise();
    lane.loop.execute(reached::complete);
    return reached.future();
  }

  @Override
  public void close() {
    home.prober.close();
    for (Lane lane : others) {
      lane.loop.execute(lane.prober::close);
      var _ = lane.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
