package io.keepstream.node.run;

import io.keepstream.runtime.EventLoopOf;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.internal.VertxBootstrap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What every node needs, whatever its configuration says, and what takes long to load: made on a
 * thread of its own while the command line and the configuration are read.
 */
public final class Preparation {
  /**
   * One for each verticle, one for the link and one for HTTP: tens of thousands of checks keep
   * health-service's busy, and whatever keeps a service busy must not silence the link.
   */
  private static final int EVENT_LOOPS = 6;

  private static final int WORKERS = 4;

  /** Who looks is one more thread that wakes for nothing. */
  private static final long BLOCKED_CHECK_MILLIS = 10_000;

  private static final AtomicReference<FutureTask<Vertx>> BEGUN = new AtomicReference<>();

  private Preparation() {}

  /** Begins, for the node that this process is going to be. */
  public static void begin() {
    FutureTask<Vertx> vertx = new FutureTask<>(Preparation::create);
    BEGUN.set(vertx);
    Thread.ofPlatform().daemon().name("preparation").start(vertx);
  }

  /** What runs the services: the one that was begun, or for any other node a new one. */
  static Vertx vertx() {
    FutureTask<Vertx> begun = BEGUN.getAndSet(null);
    if (begun == null) {
      return create();
    }
    begun.run(); // does nothing where the thread already does
    try {
      return begun.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Vert.x does not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Vert.x was not waited for", e);
    }
  }

  private static Vertx create() {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(WORKERS)
            .setBlockedThreadCheckInterval(BLOCKED_CHECK_MILLIS)
            .setInternalBlockingPoolSize(2)
            // or each process would have a folder in /tmp, which stays behind when it is killed
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    // Vertx.vertx() would search all jars for providers and transports that are not there.
    Vertx vertx =
        VertxBootstrap.create()
            .options(options)
            .transport(new EpollTransport())
            .serviceProviders(List.of())
            .verticleFactories(List.of())
            .init()
            .vertx();
    EventLoopOf.quieten(vertx);
    return vertx;
  }
}
