package io.keepstream.election.vrrp;

import java.util.Arrays;
import java.util.List;

/**
 * How adverts are signed and whose signature is believed ({@code auth_hmac}).
 *
 * @param keys all keys that are believed; several while one replaces another
 * @param activeKey the id of the one that signs
 * @param mode who has to sign
 * @param windowSeconds how far a sender's clock may be from ours; 0 when only the order counts
 */
public record Signing(List<Key> keys, int activeKey, Mode mode, int windowSeconds) {
  public Signing {
    keys = List.copyOf(keys);
  }

  /** Who has to sign; in this order the modes bring signing to a running cluster. */
  public enum Mode {
    /** Signatures are verified where there are any; ours are not written. */
    RECEIVE_ONLY,
    /** We sign; adverts without a signature are believed. */
    PERMISSIVE,
    /** Everybody signs. */
    ENFORCE
  }

  /** A shared secret with its number on the wire. */
  public static final class Key {
    private final int id;
    private final byte[] secret;

    /**
     * A key.
     *
     * @param id 1-255
     * @param secret 32 to 64 bytes
     */
    public Key(int id, byte[] secret) {
      this.id = id;
      this.secret = secret.clone();
    }

    int id() {
      return id;
    }

    byte[] secret() {
      return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.id == id && Arrays.equals(key.secret, secret);
    }

    @Override
    public int hashCode() {
      return 31 * id + Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
      return "Key[" + id + ", hidden]";
    }
  }
}
