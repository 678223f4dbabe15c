package io.keepstream.node.run;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
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
   * Catches a real-time signal as well, and calls it {@code name}. Where the JVM was started
   * without opening its own door to it, the signal is ignored: nobody's habit may end this process
   * at once.
   */
  public Signals realTime(int number, String name) {
    try {
      Object signal = signal("USR1");
      Field inner = signal.getClass().getDeclaredField("iSignal");
      inner.setAccessible(true);
      Field numbered = inner.get(signal).getClass().getDeclaredField("number");
      numbered.setAccessible(true);
      numbered.setInt(inner.get(signal), number);
      handle(signal, name);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      new ForeignLibc().signal(number, Libc.SIG_IGN);
    }
    return this;
  }

  /** Lets something else that is called {@code name} come as a signal does. */
  public void add(String name) {
    received.add(name);
  }

  /** Waits for the next signal and names it. */
  public String next() throws InterruptedException {
    return received.take();
  }

  /** Waits for the next signal for at most {@code limit}; null if none came. */
  public String next(Duration limit) throws InterruptedException {
    return received.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void handle(String name) {
    try {
      handle(signal(name), name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not pass on SIG" + name, e);
    }
  }

  /** By reflection, because the compiler refuses to name what the JDK has no other door for. */
  private void handle(Object signal, String name) throws ReflectiveOperationException {
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    InvocationHandler enqueue =
        (proxy, method, arguments) -> {
          received.add(name);
          return null;
        };
    Object proxy =
        Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, enqueue);
    signal.getClass().getMethod("handle", signal.getClass(), handler).invoke(null, signal, proxy);
  }

  private static Object signal(String name) throws ReflectiveOperationException {
    return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
  }
}
