package io.keepstream.health.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Takes a body as it comes: counts and hashes it, and keeps its beginning. */
public final class ResponseBody {
  /** How much is kept for patterns and texts to be looked for. */
  public static final int KEPT_BYTES = 1 << 20;

  /** Longer bodies are a failure. */
  public static final long LIMIT_BYTES = 64L << 20;

  /** How much is kept in any case, to be shown to people. */
  public static final int SHOWN_BYTES = 256;

  private static final MessageDigest MD5 = newMd5();

  private final MessageDigest digest;
  private final int keep;
  private byte[] kept = new byte[SHOWN_BYTES];
  private int keptLength;
  private long length;

  /** A body for {@code expected}. */
  public static ResponseBody of(Expected expected) {
    return new ResponseBody(expected.needsDigest(), expected.keptBytes());
  }

  ResponseBody(boolean hashed, int keptBytes) {
    digest = hashed ? md5() : null;
    keep = Math.max(keptBytes, SHOWN_BYTES);
  }

  /** A copy, since looking for who can do it takes longer than the hashing. */
  private static MessageDigest md5() {
    try {
      return (MessageDigest) MD5.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own can be copied", e);
    }
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** Takes what remains in {@code bytes}. */
  public void add(ByteBuffer bytes) {
    length += bytes.remaining();
    int more = Math.min(bytes.remaining(), keep - keptLength);
    if (more > 0) {
      if (keptLength + more > kept.length) {
        int doubled = Math.max(keptLength + more, 2 * kept.length);
        kept = Arrays.copyOf(kept, Math.min(doubled, keep));
      }
      bytes.get(bytes.position(), kept, keptLength, more);
      keptLength += more;
    }
    if (digest != null) {
      digest.update(bytes);
    }
  }

  /** How many bytes came. */
  public long length() {
    return length;
  }

  /** Whether more came than any check wants to see. */
  public boolean tooLong() {
    return length > LIMIT_BYTES;
  }

  /** MD5 of all that came, in hexadecimal; to be asked once, and only where it was wanted. */
  public String md5Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What was kept of the beginning. */
  public byte[] kept() {
    return Arrays.copyOf(kept, keptLength);
  }

  /** Whether {@link #kept} is all there was. */
  boolean keptAll() {
    return keptLength == length;
  }

  /** The first bytes, to be shown to people. */
  public byte[] shown() {
    return Arrays.copyOf(kept, Math.min(keptLength, SHOWN_BYTES));
  }
}
