package io.keepstream.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A small network of hosts on this machine; see the package's description. Needs root.
 *
 * <p>Everything in it carries a name that starts with {@code ks}, the JVM's pid and the lab's
 * number. Closing ends all processes and removes all of it; creating the first lab of a JVM also
 * removes the labs of JVMs that are gone. Used by one thread at a time.
 */
public final class NamespaceLab implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Deque<NamespaceLab> REMEMBERED = new ConcurrentLinkedDeque<>();

  private final String prefix = Leftovers.prefix(COUNT.incrementAndGet());
  private final Map<String, LabHost> hosts = new LinkedHashMap<>();
  private final Map<String, LabBridge> bridges = new LinkedHashMap<>();
  private final Deque<AutoCloseable> owned = new ConcurrentLinkedDeque<>();
  private final Deque<LabProcess> processes = new ConcurrentLinkedDeque<>();
  private final Thread atExit = new Thread(this::remove, "remove lab " + prefix);
  private final Path directory;
  private volatile boolean closed;

  private NamespaceLab() {
    try {
      directory = Files.createDirectory(Leftovers.TEMPORARY.resolve(prefix + "files"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(atExit);
    REMEMBERED.add(this);
  }

  /** An empty lab. */
  public static NamespaceLab create() {
    Leftovers.sweepOnce();
    return new NamespaceLab();
  }

  /** The host of this name, made when first asked for: loopback is up, nothing else is there. */
  public LabHost host(String name) {
    return hosts.computeIfAbsent(name, n -> new LabHost(this, n, prefix + n));
  }

  /** The Ethernet switch of this name, made when first asked for. */
  public LabBridge bridge(String name) {
    return bridges.computeIfAbsent(
        name, n -> new LabBridge(n, new LabHost(this, n, prefix + "bridge-" + n)));
  }

  /** A folder for files of this lab; it goes with the lab. */
  public Path directory() {
    return directory;
  }

  /** Makes this lab close {@code resource} when it closes, the latest first. */
  public <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /** Starts a command on this machine, outside of all hosts; it ends with the lab at the latest. */
  public LabProcess start(String title, List<String> command) {
    LabProcess process = LabProcess.start(title, command);
    processes.add(process);
    return own(process);
  }

  /** What every process of this lab wrote last. */
  public String report() {
    return processes.stream().map(LabProcess::report).collect(Collectors.joining("\n\n"));
  }

  /** The reports of all labs since the last {@link #forgetClosed}, closed ones included. */
  public static String reports() {
    return REMEMBERED.stream().map(NamespaceLab::report).collect(Collectors.joining("\n"));
  }

  /** Ends the reports of labs that are closed. */
  public static void forgetClosed() {
    REMEMBERED.removeIf(lab -> lab.closed);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Runtime.getRuntime().removeShutdownHook(atExit);
      remove();
    }
  }

  private void remove() {
    Deque<Throwable> failures = new ArrayDeque<>();
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception | AssertionError e) {
        failures.add(e);
      }
    }
    Leftovers.remove(prefix);
    if (!failures.isEmpty()) {
      AssertionError all = new AssertionError("the lab did not close cleanly");
      failures.forEach(all::addSuppressed);
      throw all;
    }
  }
}
