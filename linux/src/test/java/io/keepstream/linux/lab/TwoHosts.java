package io.keepstream.linux.lab;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.namespace.NetworkNamespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces joined by a cable: eth0 here is 192.0.2.1 and fe80::1, eth0 there is
 * 192.0.2.2 and fe80::2. Their names hold the number of this process, so that those of processes
 * that died can be swept.
 */
public final class TwoHosts implements AutoCloseable {
  private static final String PREFIX = "kslinux";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Libc LIBC = new ForeignLibc();

  private final String here;
  private final String there;

  private TwoHosts() {
    String name = PREFIX + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    here = name + "a";
    there = name + "b";
  }

  public static TwoHosts create() {
    TwoHosts hosts = new TwoHosts();
    try {
      hosts.build();
      return hosts;
    } catch (IllegalStateException e) {
      hosts.close();
      throw e;
    }
  }

  private void build() {
    for (String host : List.of(here, there)) {
      run("ip", "netns", "add", host);
      run("ip", "-n", host, "link", "set", "lo", "up");
    }
    run("ip", "-n", here, "link", "add", "eth0", "type", "veth", "peer", "eth0", "netns", there);
    plug(here, 1);
    plug(there, 2);
    Await.until("carrier on both ends", () -> carrier(here) && carrier(there));
  }

  private static void plug(String host, int number) {
    run("ip", "-n", host, "link", "set", "eth0", "addrgenmode", "none");
    run("ip", "-n", host, "link", "set", "eth0", "up");
    run("ip", "-n", host, "addr", "add", "192.0.2." + number + "/24", "dev", "eth0");
    run("ip", "-n", host, "addr", "add", "fe80::" + number + "/64", "dev", "eth0", "nodad");
  }

  private static boolean carrier(String host) {
    return run("ip", "-n", host, "link", "show", "eth0").contains("state UP");
  }

  /** The name of the first namespace. */
  public String here() {
    return here;
  }

  /** The name of the second namespace. */
  public String there() {
    return there;
  }

  public <T> T here(Callable<T> work) throws Exception {
    return NetworkNamespaces.call(LIBC, here, work);
  }

  public <T> T there(Callable<T> work) throws Exception {
    return NetworkNamespaces.call(LIBC, there, work);
  }

  /** Runs ip(8) in the first namespace and returns what it prints. */
  public String ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "-n", here));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** Runs a command in the first namespace and returns what it prints. */
  public String exec(String... command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", here));
    line.addAll(List.of(command));
    return run(line.toArray(String[]::new));
  }

  /** Whether the first host answers an echo request of the second within a second. */
  public boolean pings() {
    try {
      run("ip", "netns", "exec", there, "ping", "-c1", "-W1", "192.0.2.1");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void close() {
    for (String host : List.of(here, there)) {
      try {
        run("ip", "netns", "del", host);
      } catch (IllegalStateException e) {
        // It was never made, or is gone.
      }
    }
  }

  /** Removes what processes that are no more have left behind. */
  static void sweep() {
    for (String line : run("ip", "netns", "list").split("\n", -1)) {
      String name = line.split(" ", 2)[0];
      String[] parts = name.split("-", -1);
      boolean ours = parts.length == 3 && parts[0].equals(PREFIX);
      if (ours && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty()) {
        run("ip", "netns", "del", name);
      }
    }
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
