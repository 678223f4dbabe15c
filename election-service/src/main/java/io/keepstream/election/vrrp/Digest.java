package io.keepstream.election.vrrp;

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

  /** Where each result is written. */
  byte[] result() {
    return result;
  }

  /** Hashes the first {@code length} bytes of {@code data} into {@link #result}. */
  void compute(byte[] data, int length) {
    mac.update(data, 0, length);
    try {
      mac.doFinal(result, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
