package io.keepstream.health.edge;

import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop beside the service's own, for work that may take long, with something to do
 * regularly. Its thread is started by the first use.
 */
final class SideLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SideLoop.class);

  private final String name;
  private final long periodMillis;
  private final Runnable regularly;
  private IoEventLoop loop;

  SideLoop(String name, long periodMillis, Runnable regularly) {
    this.name = name;
    this.periodMillis = periodMillis;
    this.regularly = regularly;
  }

  /** The loop, once something was executed. */
  IoEventLoop loop() {
    return loop;
  }

  void execute(Runnable work) {
    if (loop == null) {
      loop = EventLoops.dedicated(name);
      var _ =
          loop.scheduleWithFixedDelay(
              guarded(regularly), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }
    loop.execute(guarded(work));
  }

  /** To be called on the loop. */
  void schedule(long delayMillis, Runnable work) {
    var _ = loop.schedule(guarded(work), delayMillis, TimeUnit.MILLISECONDS);
  }

  /** What throws once must not end what is done regularly. */
  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.error("tracking goes on after a mistake of its own", e);
      }
    };
  }

  /** Ends the thread and closes what was opened on the loop; waits for neither. */
  @Override
  public void close() {
    if (loop != null) {
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
