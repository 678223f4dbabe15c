package io.keepstream.node.run;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
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

  /** Catches the signals of these names, as in {@code HUP}, from now on. */
  public static Signals caught(String... names) {
    Signals signals = new Signals();
    for (String name : names) {
      signals.handle(name);
    }
    return signals;
  }

  /**
   * Ignores the signals by which keepalived is asked for statistics and JSON: nobody's habit may
   * end this process at once. Of SIGUSR2 the JVM takes care itself.
   */
  public static void ignoreStatistics() {
    Libc libc = new ForeignLibc();
    libc.signal(Libc.SIGRTMIN + 2, Libc.SIG_IGN);
    libc.signal(Libc.SIGRTMAX - 1, Libc.SIG_IGN);
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
