package io.keepstream.linux.nft;

import java.util.List;
import java.util.Set;

/**
 * A set or map.
 *
 * @param name its name in its table
 * @param key what the keys are, one part after the other
 */
public record NfSet(String name, List<Part> key, Content content) {
  private static final int TYPE_BITS = 6;
  private static final String UNNAMED = "__";
  private static final Set<Part> HOST_ORDER = Set.of(Part.INTEGER, Part.MARK, Part.INTERFACE);

  public NfSet {
    key = List.copyOf(key);
  }

  /**
   * A part of a key. The numbers are those by which the {@code nft} program shows the elements; the
   * kernel only keeps them.
   */
  public enum Part {
    INTEGER(4, 4),
    IPV4_ADDRESS(7, 4),
    IPV6_ADDRESS(8, 16),
    PROTOCOL(12, 1),
    PORT(13, 2),
    MARK(19, 4),
    INTERFACE(20, 4);

    private final int type;
    private final int bytes;

    Part(int type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    int type() {
      return type;
    }
  }

  /** What is kept for a key. */
  public sealed interface Content {}

  /** Nothing. */
  public record Keys() implements Content {}

  /** How many packets and bytes have been looked up. */
  public record Counted() implements Content {}

  /**
   * Since when rules have remembered the key.
   *
   * @param millis how long it is remembered
   * @param limit how many keys there may be
   */
  public record Remembered(long millis, long limit) implements Content {}

  /** An interface. */
  public record Interfaces() implements Content {}

  /** A chain to go to. */
  public record Chains() implements Content {}

  /** A set of keys. */
  public static NfSet of(String name, Part... key) {
    return new NfSet(name, List.of(key), new Keys());
  }

  /** A map from keys to chains. */
  public static NfSet chains(String name, List<Part> key) {
    return new NfSet(name, key, new Chains());
  }

  /** Whether it has a name of its own; the kernel names those of a single rule. */
  public boolean isNamed() {
    return isNamed(name);
  }

  static boolean isNamed(String name) {
    return !name.startsWith(UNNAMED);
  }

  /** The number of the whole key's type. */
  long keyType() {
    return key.stream().mapToLong(Part::type).reduce(0, (a, b) -> a << TYPE_BITS | b);
  }

  /** How long a key is. */
  int keyBytes() {
    return key.size() == 1
        ? key.getFirst().bytes
        : key.stream().mapToInt(part -> Octets.padded(part.bytes)).sum();
  }

  /** Whether people can read keys only if told that they are in this machine's byte order. */
  boolean inHostOrder() {
    return key.size() == 1 && HOST_ORDER.contains(key.getFirst());
  }
}
