package io.keepstream.linux.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one read of inotify(7) says.
 *
 * @param names the entries of watched directories that something happened to
 * @param overrun whether the kernel had to drop events
 */
public record InotifyEvents(Set<String> names, boolean overrun) {
  public static final int IN_CLOSE_WRITE = 0x8;
  public static final int IN_MOVED_FROM = 0x40;
  public static final int IN_MOVED_TO = 0x80;
  public static final int IN_CREATE = 0x100;
  public static final int IN_DELETE = 0x200;
  public static final int IN_Q_OVERFLOW = 0x4000;
  public static final int IN_ONLYDIR = 0x100_0000;

  private static final int MASK = 4;
  private static final int LENGTH = 12;
  private static final int HEADER = 16;

  public InotifyEvents {
    names = Collections.unmodifiableSet(names);
  }

  /** Reads the first {@code length} bytes; an event that does not fit into them ends the list. */
  public static InotifyEvents read(MemorySegment buffer, long length) {
    Set<String> names = new LinkedHashSet<>();
    boolean overrun = false;
    long position = 0;
    while (length - position >= HEADER) {
      overrun |= (Bytes.hostU32(buffer, position + MASK) & IN_Q_OVERFLOW) != 0;
      long nameLength = Bytes.hostU32(buffer, position + LENGTH);
      if (nameLength > length - position - HEADER) {
        break;
      }
      String name = text(buffer.asSlice(position + HEADER, nameLength));
      if (!name.isEmpty()) {
        names.add(name);
      }
      position += HEADER + nameLength;
    }
    return new InotifyEvents(names, overrun);
  }

  /** Up to the NUL that pads it. */
  private static String text(MemorySegment padded) {
    String text = new String(padded.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
