package io.keepstream.runtime.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts what a peer sends into frames. Takes as much memory as has really arrived of one frame,
 * never what a length promises.
 */
public final class FrameReader {
  private static final int USUAL_BYTES = 8192;

  private byte[] held = new byte[0];
  private int heldBytes;
  private boolean broken;

  /**
   * The frames that are complete with {@code bytes}; of a malformed one nothing comes after it, now
   * or later.
   */
  public List<Decoded> take(byte[] bytes) {
    if (broken) {
      return List.of();
    }
    append(bytes);
    List<Decoded> frames = new ArrayList<>();
    int read = 0;
    while (!broken && heldBytes - read >= FrameCodec.LENGTH_BYTES) {
      int length = ByteBuffer.wrap(held).getInt(read);
      int start = read + FrameCodec.LENGTH_BYTES;
      if (possible(length) && heldBytes - start < length) {
        break;
      }
      Decoded decoded =
          possible(length)
              ? FrameCodec.decode(ByteBuffer.wrap(held, start, length).slice())
              : new Decoded.Malformed("a frame of %d bytes".formatted(length));
      frames.add(decoded);
      broken = decoded instanceof Decoded.Malformed;
      read = start + length;
    }
    forget(broken ? heldBytes : read);
    return frames;
  }

  private static boolean possible(int length) {
    return length > 0 && length <= FrameCodec.MOST_BYTES;
  }

  private void append(byte[] bytes) {
    int needed = heldBytes + bytes.length;
    if (needed > held.length) {
      held =
          Arrays.copyOf(held, Math.max(needed, Math.min(2 * held.length, FrameCodec.MOST_BYTES)));
    }
    System.arraycopy(bytes, 0, held, heldBytes, bytes.length);
    heldBytes = needed;
  }

  private void forget(int read) {
    heldBytes -= read;
    if (heldBytes == 0 && held.length > USUAL_BYTES) {
      held = new byte[0];
    } else {
      System.arraycopy(held, read, held, 0, heldBytes);
    }
  }
}
