package io.keepstream.election.vrrp;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash that is computed again and again into the same bytes. */
final class Digest {
  private final Mac mac;
  private final byte[] result;

  /** A hash that every Java platform has, such as HmacSHA256. */
  Digest(String algorithm, byte[] key) {
    try {
      mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    result = new byte[mac.getMacLength()];
  }

  /** Hashes the first {@code length} bytes of {@code data}. */
  void compute(byte[] data, int length) {
    mac.update(data, 0, length);
    try {
      mac.doFinal(result, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the result's first bytes at {@code at}. */
  void write(MemorySegment segment, long at, int bytes) {
    MemorySegment.copy(result, 0, segment, ValueLayout.JAVA_BYTE, at, bytes);
  }

  /**
   * Whether the result's first bytes stand at {@code at}, in a time that does not tell where not.
   */
  boolean stands(MemorySegment segment, long at, int bytes) {
    int difference = 0;
    for (int i = 0; i < bytes; i++) {
      difference |= Byte.toUnsignedInt(result[i]) ^ Bytes.u8(segment, at + i);
    }
    return difference == 0;
  }
}
