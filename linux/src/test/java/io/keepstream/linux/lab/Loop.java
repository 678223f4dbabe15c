package io.keepstream.linux.lab;

import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A dedicated event loop that ends with the test. */
public final class Loop implements AutoCloseable {
  private final IoEventLoop loop = EventLoops.dedicated("test loop");

  public IoEventLoop io() {
    return loop;
  }

  /** Does something on the loop's thread and waits for it. */
  public <T> T call(Callable<T> work) throws Exception {
    return loop.submit(work).get(5, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
