package io.keepstream.linux.namespace;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Does things in other network namespaces, see network_namespaces(7). Needs CAP_SYS_ADMIN. */
public final class NetworkNamespaces {
  private static final Path RUN_NETNS = Path.of("/run/netns");
  private static final Path VAR_RUN_NETNS = Path.of("/var/run/netns");

  private NetworkNamespaces() {}

  /** The file of a namespace that {@code ip netns add} has named. */
  public static Path named(String name) {
    Path path = RUN_NETNS.resolve(name);
    return Files.exists(path) ? path : VAR_RUN_NETNS.resolve(name);
  }

  /**
   * Runs {@code work} on a new platform thread inside a namespace and waits for its end. What it
   * opens stays in that namespace, on whichever thread it is used.
   *
   * @param nameOrPath a name as of {@code ip netns}, or a path such as {@code /proc/42/ns/net}
   * @throws ErrnoException if there is no such namespace or we may not enter it
   * @throws Exception what {@code work} throws
   */
  public static <T> T call(Libc libc, String nameOrPath, Callable<T> work) throws Exception {
    Path path = nameOrPath.contains("/") ? Path.of(nameOrPath) : named(nameOrPath);
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("netns " + path.getFileName())
        .start(
            () -> {
              try {
                enter(libc, path);
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    try {
      // Not to be interrupted: what the thread opens would be lost.
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  private static void enter(Libc libc, Path path) throws ErrnoException {
    int flags = Libc.O_RDONLY | Libc.O_CLOEXEC;
    int number = ErrnoException.check("open " + path, libc.open(path.toString(), flags, 0));
    try (Fd namespace = new Fd(libc, number)) {
      ErrnoException.check("setns", libc.setns(namespace.number(), Libc.CLONE_NEWNET));
    }
  }
}
