package io.keepstream.runtime.link.edge;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * When a process was last awake, in a file of eight bytes that its peers map: to say so and to look
 * wakes nobody. All processes of a machine read the same clock.
 */
final class Pulse {
  private static final String SUFFIX = ".pulse";
  private static final VarHandle NANOS = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment file;

  private Pulse(MemorySegment file) {
    this.file = file;
  }

  /** The pulse of this process, called {@code name}. */
  static Pulse own(Path directory, String name) throws IOException {
    try (FileChannel file = FileChannel.open(path(directory, name), CREATE, READ, WRITE)) {
      return new Pulse(map(file, MapMode.READ_WRITE));
    }
  }

  /**
   * The pulse of the peer called {@code name}.
   *
   * @throws IOException when there is none
   */
  static Pulse of(Path directory, String name) throws IOException {
    try (FileChannel file = FileChannel.open(path(directory, name), READ)) {
      return new Pulse(map(file, MapMode.READ_ONLY));
    }
  }

  private static Path path(Path directory, String name) throws IOException {
    if (name.contains("/")) {
      throw new IOException("no name of a process: " + name);
    }
    return directory.resolve(name + SUFFIX);
  }

  private static MemorySegment map(FileChannel file, MapMode mode) throws IOException {
    return file.map(mode, 0, Long.BYTES, Arena.ofAuto());
  }

  /** This process is awake. */
  void beat(long nowNanos) {
    NANOS.setRelease(file, 0L, nowNanos);
  }

  /** When the process was last awake. */
  long lastNanos() {
    return (long) NANOS.getAcquire(file, 0L);
  }
}
