package io.keepstream.node.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The signals keepalived's users know, one after the other on the thread that asks. */
public final class Signals {
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private Signals() {}

  /** Catches HUP, TERM and INT from now on. */
  public static Signals caught() {
    Signals signals = new Signals();
    for (String name : new String[] {"HUP", "TERM", "INT"}) {
      signals.handle(name);
    }
    return signals;
  }

  /** Waits for the next signal and names it. */
  public String next() throws InterruptedException {
    return received.take();
  }

  /** Waits for the next signal for at most {@code limit}; null if none came. */
  public String next(Duration limit) throws InterruptedException {
    return received.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** By reflection, because the compiler refuses to name what the JDK has no other door for. */
  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler enqueue =
          (proxy, method, arguments) -> {
            received.add(name);
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, enqueue);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not pass on SIG" + name, e);
    }
  }
}
