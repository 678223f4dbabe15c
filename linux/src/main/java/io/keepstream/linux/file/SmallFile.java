package io.keepstream.linux.file;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The beginnings of files. */
public final class SmallFile {
  private SmallFile() {}

  /**
   * The first {@code limit} bytes of a file, or all there are. A FIFO that nobody writes to is
   * empty; but whoever opens a device may make it do something, so look before that it is none.
   */
  public static byte[] read(Libc libc, String path, int limit) throws ErrnoException {
    int flags = Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
    int number = ErrnoException.check("open", libc.open(path, flags, 0));
    try (Fd file = new Fd(libc, number);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(limit);
      int length = ErrnoException.check("read", (int) libc.read(file.number(), bytes, limit));
      return bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
