package io.keepstream.linux.netlink;

/**
 * A set or map of nf_tables. The type numbers are those by which the {@code nft} program shows the
 * elements; the kernel only keeps them.
 *
 * @param name its name in its table
 * @param id a number of its own within one batch
 * @param keyType what the keys are
 * @param keyBytes their length
 * @param mapped whether each key leads to an interface index
 */
public record NfSet(String name, int id, int keyType, int keyBytes, boolean mapped) {
  public static final int TYPE_IPV4_ADDRESS = 7;
  public static final int TYPE_IPV6_ADDRESS = 8;
  public static final int TYPE_INTERFACE_INDEX = 20;
  private static final int TYPE_BITS = 6;

  /** The type of a key that is two things one after the other. */
  public static int concatenated(int first, int second) {
    return first << TYPE_BITS | second;
  }
}
