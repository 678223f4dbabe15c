package io.keepstream.node.doctor;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.KernelClock;
import io.keepstream.linux.libc.OpenFileLimit;
import io.keepstream.node.doctor.Facts.Heard;
import io.keepstream.node.doctor.Facts.Interface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers facts of this machine, as far as this process may know them. Changes nothing. */
public final class FactsReader {
  private static final Path PROC = Path.of("/proc");
  private static final Path CONTROL = Path.of("/run/keepstream");
  private static final Path LINKS = Path.of("/sys/class/net");
  private static final int IFF_UP = 1;
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final List<String> SYSCTLS =
      List.of(
          "net.ipv4.ip_forward",
          "net.ipv6.conf.all.forwarding",
          "net.ipv4.ip_nonlocal_bind",
          "net.ipv6.ip_nonlocal_bind",
          "net.ipv4.conf.all.arp_ignore",
          "net.ipv4.conf.all.arp_announce",
          "net.ipv4.conf.all.rp_filter");

  private FactsReader() {}

  /**
   * What is so now.
   *
   * @param listen how long to listen for others; zero for not at all
   */
  public static Facts read(Needs needs, Duration listen)
      throws IOException, ErrnoException, InterruptedException {
    return new Facts(
        capabilities(),
        sysctls(),
        interfaces(),
        Files.exists(Path.of("/proc/net/ip_vs")),
        clock(),
        keepalived(),
        output(COMMAND_LIMIT, "nft", "list", "ruleset"),
        output(COMMAND_LIMIT, "iptables-save"),
        OpenFileLimit.now().hard(),
        unwritable(needs),
        heard(needs, listen));
  }

  private static long capabilities() throws IOException {
    return Files.readAllLines(PROC.resolve("self/status")).stream()
        .filter(line -> line.startsWith("CapEff:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
        .findFirst()
        .orElse(0);
  }

  private static Map<String, Integer> sysctls() {
    Map<String, Integer> values = new HashMap<>();
    for (String name : SYSCTLS) {
      text(PROC.resolve("sys").resolve(name.replace('.', '/')))
          .ifPresent(value -> values.put(name, Integer.valueOf(value)));
    }
    return values;
  }

  private static Map<String, Interface> interfaces() throws SocketException {
    Map<String, Interface> found = new HashMap<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      boolean carrier =
          text(LINKS.resolve(each.getName()).resolve("carrier"))
              .map("1"::equals)
              .orElse(each.isUp());
      Set<InetAddress> addresses = each.inetAddresses().collect(Collectors.toUnmodifiableSet());
      found.put(
          each.getName(),
          new Interface(isUp(each), carrier, each.supportsMulticast(), each.getMTU(), addresses));
    }
    return found;
  }

  /** What Java calls up needs a carrier besides. */
  private static boolean isUp(NetworkInterface link) throws SocketException {
    Optional<String> flags = text(LINKS.resolve(link.getName()).resolve("flags"));
    return flags.isPresent() ? (Integer.decode(flags.get()) & IFF_UP) != 0 : link.isUp();
  }

  private static Optional<Boolean> clock() {
    try {
      return Optional.of(KernelClock.isSynchronized());
    } catch (ErrnoException e) {
      return Optional.empty();
    }
  }

  private static List<Long> keepalived() throws IOException {
    Path own = Files.readSymbolicLink(PROC.resolve("self/ns/net"));
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> isKeepalived(PROC.resolve(String.valueOf(pid)), own))
        .toList();
  }

  /** Processes come and go while this looks, and some may not be looked into. */
  private static boolean isKeepalived(Path process, Path namespace) {
    try {
      return text(process.resolve("comm")).filter("keepalived"::equals).isPresent()
          && Files.readSymbolicLink(process.resolve("ns/net")).equals(namespace);
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, String> unwritable(Needs needs) {
    Map<String, String> found = new HashMap<>();
    Stream.concat(needs.journal().stream(), Stream.of(CONTROL.toString()))
        .map(Path::of)
        .forEach(
            directory -> {
              Path nearest = directory;
              while (!Files.exists(nearest)) {
                nearest = nearest.toAbsolutePath().getParent();
              }
              if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
                found.put(directory.toString(), "cannot be written to");
              }
            });
    return found;
  }

  /** Empty also when this process may not listen, which the finding about capabilities tells. */
  private static Optional<List<Heard>> heard(Needs needs, Duration listen)
      throws InterruptedException {
    try {
      return listen.isZero()
          ? Optional.empty()
          : Optional.of(Ear.listen(new ForeignLibc(), needs.routers(), listen));
    } catch (ErrnoException e) {
      return Optional.empty();
    }
  }

  /** Empty when the program is not there, may not look, or takes longer than {@code limit}. */
  static Optional<String> output(Duration limit, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
          .execute(process::destroyForcibly);
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
