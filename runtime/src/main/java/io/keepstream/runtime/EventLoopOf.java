package io.keepstream.runtime;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;

/** The one place that knows how to get from Vert.x to the event loop below it. */
public final class EventLoopOf {
  private EventLoopOf() {}

  /** The Netty event loop on which {@code context} runs. */
  public static EventLoop context(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }
}
