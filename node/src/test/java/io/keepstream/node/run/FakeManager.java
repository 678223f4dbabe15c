package io.keepstream.node.run;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stands for a service manager: it hears what processes tell on its socket. */
public final class FakeManager implements AutoCloseable {
  private static final int MOST_BYTES = 4096;
  private static final Libc LIBC = new ForeignLibc();

  private final Fd socket;
  private final List<String> told = new ArrayList<>();

  private FakeManager(Fd socket) {
    this.socket = socket;
  }

  /** Listens on {@code path}. */
  public static FakeManager on(Path path) throws ErrnoException {
    try (SocketSetup setup =
        SocketSetup.open(LIBC, SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM, 0)) {
      MemorySegment addr = setup.allocate(Sockaddr.MAX_LENGTH);
      int length = Sockaddr.unix(addr, path.toString());
      ErrnoException.check("bind", LIBC.bind(setup.fd().number(), addr, length));
      return new FakeManager(setup.finish());
    }
  }

  /** All that has been told so far, one message each. */
  public List<String> told() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MOST_BYTES);
      long length;
      while ((length = LIBC.read(socket.number(), buffer, MOST_BYTES)) > 0) {
        byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        told.add(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return List.copyOf(told);
  }

  @Override
  public void close() {
    socket.close();
  }
}
