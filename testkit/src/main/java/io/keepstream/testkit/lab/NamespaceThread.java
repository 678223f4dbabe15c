package io.keepstream.testkit.lab;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code on a short-lived thread that has moved into a network namespace. */
final class NamespaceThread {
  private static final int O_RDONLY = 0;
  private static final int CLONE_NEWNET = 0x40000000;
  private static final MethodHandle OPEN = libc("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle SETNS =
      libc("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE = libc("close", ValueLayout.JAVA_INT);

  private NamespaceThread() {}

  static <T> T call(Path namespace, Callable<T> action) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter(namespace);
              return action.call();
            });
    Thread.ofPlatform().name("inside " + namespace.getFileName()).start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("inside " + namespace + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted inside " + namespace, e);
    }
  }

  private static void enter(Path namespace) {
    try (Arena arena = Arena.ofConfined()) {
      int fd = (int) OPEN.invokeExact(arena.allocateFrom(namespace.toString()), O_RDONLY);
      int result = (int) SETNS.invokeExact(fd, CLONE_NEWNET);
      int closed = (int) CLOSE.invokeExact(fd);
      if (result < 0 || closed < 0) {
        throw new IllegalStateException("cannot enter " + namespace);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("libc", e);
    }
  }

  @SuppressWarnings("restricted") // Java has no other way into a network namespace.
  private static MethodHandle libc(String name, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().findOrThrow(name);
    return linker.downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }
}
