package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory through which bytes of any number of sockets go, one after the other. */
final class TcpBuffer {
  private static final int BYTES = 16 * 1024;

  private final MemorySegment memory = Arena.ofAuto().allocate(BYTES);
  private final byte[] received = new byte[BYTES];

  /** How many bytes of {@code bytes} from {@code offset} on were sent; negative error numbers. */
  int send(Libc libc, int fd, byte[] bytes, int offset) {
    int length = Math.min(BYTES, bytes.length - offset);
    MemorySegment.copy(bytes, offset, memory, ValueLayout.JAVA_BYTE, 0, length);
    int flags = SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_NOSIGNAL;
    return (int) libc.sendto(fd, memory, length, flags, MemorySegment.NULL, 0);
  }

  /** How many bytes were received, 0 for the end; negative error numbers. */
  int receive(Libc libc, int fd) {
    int length = (int) libc.read(fd, memory, BYTES);
    if (length > 0) {
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, received, 0, length);
    }
    return length;
  }

  /** What was received, at the beginning. */
  byte[] received() {
    return received;
  }

  /** Whether there may be more to receive, so many bytes having come. */
  static boolean isFull(int length) {
    return length == BYTES;
  }
}
