package io.keepstream.runtime;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The one place that knows how to get from Vert.x to the event loops below it. */
public final class EventLoopOf {
  private static final long FAR_DAYS = 10_000;

  private EventLoopOf() {}

  /** The Netty event loop on which {@code context} runs. */
  public static EventLoop context(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }

  /**
   * Lets all loops of {@code vertx} sleep until there is something to do: a loop without any timer
   * wakes every second, so each gets one that is far away.
   */
  public static void quieten(Vertx vertx) {
    VertxInternal inner = (VertxInternal) vertx;
    Stream.of(inner.nettyEventLoopGroup(), inner.acceptorEventLoopGroup())
        .forEach(
            group ->
                group.forEach(
                    each -> {
                      EventLoop loop = (EventLoop) each;
                      var _ = loop.schedule(() -> {}, FAR_DAYS, TimeUnit.DAYS);
                    }));
  }
}
