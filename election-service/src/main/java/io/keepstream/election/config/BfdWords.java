package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.time;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.vocabulary.Block;
import java.util.List;

/** The words of {@code bfd_instance}. */
final class BfdWords {
  private static final Block BFD_INSTANCE =
      block(
          "bfd_instance",
          word("source_ip", ACTS, ip()).means("Local address"),
          word("neighbor_ip", ACTS, ip()).means("Remote address"),
          word("neighbour_ip", ACTS, ip()).means("Alternative spelling of neighbor_ip"),
          word("min_rx", ACTS, time(DecimalUnit.MILLISECONDS, "1", "4294967"))
              .means("Slowest rate we accept"),
          word("min_tx", ACTS, time(DecimalUnit.MILLISECONDS, "1", "4294967"))
              .means("Fastest rate we send"),
          word("idle_tx", ACTS, time(DecimalUnit.MILLISECONDS, "1000", "4294967"))
              .means("Send period while the session is down"),
          word("multiplier", ACTS, integer(1, 255))
              .means("Missed packets before the session is down"),
          word("passive", ACTS).means("Wait for the peer to start"),
          word("ttl", ACTS, integer(1, 255)).means("TTL of sent packets"),
          word("hoplimit", ACTS, integer(1, 255)).means("Same setting as ttl"),
          word("max_hops", ACTS, integer(-1, 255)).means("Hops the received TTL may have lost"),
          word("multihop", ACTS, bool()).means("Use port 4784 instead of 3784"),
          word("weight", ACTS, integer(-253, 253), optional(oneOf("reverse")))
              .means("Default tracking weight for VRRP"),
          word("vrrp", ACTS).means("Deliver events to the VRRP side (alone: only there)"),
          word("checker", ACTS).means("Deliver events to the checker side (alone: only there)"));

  private BfdWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(BFD_INSTANCE);
  }
}
