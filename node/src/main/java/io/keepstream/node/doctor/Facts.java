package io.keepstream.node.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is so on a machine.
 *
 * @param capabilities the bits of those in force, as in capabilities(7)
 * @param sysctls the values of those that matter, by name; none for those that do not exist
 * @param interfaces all of them, by name
 * @param ipvs whether the kernel has IPVS
 * @param clockSynchronized whether something keeps the clock right; empty when nobody can tell
 * @param keepalived the process ids of keepalived in this network namespace
 * @param nftables all rules as {@code nft} lists them; empty without that program
 * @param iptables all rules as {@code iptables-save} lists them; empty without that program
 * @param openFiles how many files the process may have open at most
 * @param unwritable those of the needed directories that cannot be written to, each with the reason
 * @param heard who was heard on the wire; empty when nobody has listened
 */
public record Facts(
    long capabilities,
    Map<String, Integer> sysctls,
    Map<String, Interface> interfaces,
    boolean ipvs,
    Optional<Boolean> clockSynchronized,
    List<Long> keepalived,
    Optional<String> nftables,
    Optional<String> iptables,
    long openFiles,
    Map<String, String> unwritable,
    Optional<List<Heard>> heard) {

  /** An interface with its addresses. */
  public record Interface(
      boolean up, boolean carrier, boolean multicast, int mtu, Set<InetAddress> addresses) {
    public Interface {
      addresses = Set.copyOf(addresses);
    }
  }

  /** An advert that was heard. */
  public record Heard(
      String networkInterface,
      int vrid,
      InetAddress sender,
      int priority,
      Set<InetAddress> addresses) {
    public Heard {
      addresses = Set.copyOf(addresses);
    }
  }

  public Facts {
    sysctls = Map.copyOf(sysctls);
    interfaces = Map.copyOf(interfaces);
    keepalived = List.copyOf(keepalived);
    unwritable = Map.copyOf(unwritable);
    heard = heard.map(List::copyOf);
  }
}
