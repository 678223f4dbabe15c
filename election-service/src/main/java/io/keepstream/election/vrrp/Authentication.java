package io.keepstream.election.vrrp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The authentication of version 2 (RFC 2338); RFC 3768 keeps the field, version 3 has none. */
public sealed interface Authentication {
  /** Length of the authentication data that ends a version 2 message. */
  int DATA_BYTES = 8;

  /** The value of the authentication type field. */
  int type();

  /** The authentication data, its first byte on the wire in the highest bits. */
  long data();

  /** No authentication. */
  record None() implements Authentication {
    @Override
    public int type() {
      return 0;
    }

    @Override
    public long data() {
      return 0;
    }
  }

  /**
   * A password in clear text: it keeps neighbours apart, it does not keep anyone out. Held as one
   * number, it compares in a time that does not depend on where two passwords differ.
   */
  record Password(long data) implements Authentication {
    /** A password as configured; what is beyond 8 bytes is not used. */
    public static Password of(String text) {
      return new Password(padded(text));
    }

    @Override
    public int type() {
      return 1;
    }

    @Override
    public String toString() {
      return "Password[hidden]";
    }
  }

  /**
   * An IP authentication header around the message (RFC 2402), as keepalived writes it.
   *
   * @param key the password as 8 bytes
   */
  record Header(long key) implements Authentication {
    /** A password as configured; what is beyond 8 bytes is not used. */
    public static Header of(String text) {
      return new Header(padded(text));
    }

    @Override
    public int type() {
      return 2;
    }

    @Override
    public long data() {
      return 0;
    }

    @Override
    public String toString() {
      return "Header[hidden]";
    }
  }

  private static long padded(String text) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), DATA_BYTES);
    return ByteBuffer.wrap(bytes).getLong();
  }
}
