package io.keepstream.health.protocol;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of which some half bytes may be anything.
 *
 * @param bytes the values; 0 where anything goes
 * @param masks which bits count
 */
public record HexPattern(List<Byte> bytes, List<Byte> masks) {
  private static final int NIBBLE = 4;

  public HexPattern {
    bytes = List.copyOf(bytes);
    masks = List.copyOf(masks);
  }

  /**
   * Reads words of hexadecimal digits, two to a byte from the left, a last single one for a byte of
   * its own: {@code Ab12f 3} is ab 12 0f 03. {@code x} stands for any half byte. Empty when a word
   * holds anything else.
   */
  public static Optional<HexPattern> of(List<String> words) {
    List<Byte> bytes = new ArrayList<>();
    List<Byte> masks = new ArrayList<>();
    for (String word : words) {
      for (int i = 0; i < word.length(); i += 2) {
        int value = 0;
        int mask = 0;
        String digits = word.substring(i, Math.min(i + 2, word.length()));
        for (char digit : (digits.length() == 1 ? "0" + digits : digits).toCharArray()) {
          boolean any = digit == 'x' || digit == 'X';
          if (!any && !HexFormat.isHexDigit(digit)) {
            return Optional.empty();
          }
          value = value << NIBBLE | (any ? 0 : HexFormat.fromHexDigit(digit));
          mask = mask << NIBBLE | (any ? 0 : 0xF);
        }
        bytes.add((byte) value);
        masks.add((byte) mask);
      }
    }
    return Optional.of(new HexPattern(bytes, masks));
  }

  /** The bytes themselves. */
  public byte[] toBytes() {
    byte[] result = new byte[bytes.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = bytes.get(i);
    }
    return result;
  }

  /** Whether {@code other} agrees as far as both reach. */
  boolean matches(byte[] other) {
    for (int i = 0; i < Math.min(other.length, bytes.size()); i++) {
      if (((other[i] ^ bytes.get(i)) & masks.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** As it may be written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.size(); i++) {
      for (int shift = NIBBLE; shift >= 0; shift -= NIBBLE) {
        boolean any = (masks.get(i) >> shift & 0xF) == 0;
        text.append(any ? 'x' : Character.forDigit(bytes.get(i) >> shift & 0xF, 16));
      }
    }
    return text.toString();
  }
}
