package io.keepstream.linux.nft;

import io.keepstream.linux.wire.NfTables;
import java.util.Optional;

/**
 * A chain of rules.
 *
 * @param name its name in its table
 * @param base where it gets its packets; empty for one that others jump to
 */
public record NfChain(String name, Optional<Base> base) {
  /** Where chains get their packets. */
  public enum Hook {
    PREROUTING(NfTables.NF_INET_PRE_ROUTING),
    INPUT(NfTables.NF_INET_LOCAL_IN),
    OUTPUT(NfTables.NF_INET_LOCAL_OUT),
    POSTROUTING(NfTables.NF_INET_POST_ROUTING);

    private final int number;

    Hook(int number) {
      this.number = number;
    }

    /** {@code NF_INET_}. */
    public int number() {
      return number;
    }
  }

  /**
   * Packets are accepted at the end of such a chain.
   *
   * @param type {@code filter}, or {@code nat} for the first packet of each connection only
   * @param hook {@code NF_INET_}
   * @param priority the least is first
   */
  public record Base(String type, int hook, int priority) {}

  /** A chain that others jump to. */
  public static NfChain named(String name) {
    return new NfChain(name, Optional.empty());
  }

  /** A chain that sees every packet at a hook. */
  public static NfChain filter(String name, Hook hook, int priority) {
    return new NfChain(name, Optional.of(new Base("filter", hook.number(), priority)));
  }

  /** A chain that sees the first packet of every connection at a hook. */
  public static NfChain nat(String name, Hook hook, int priority) {
    return new NfChain(name, Optional.of(new Base("nat", hook.number(), priority)));
  }
}
