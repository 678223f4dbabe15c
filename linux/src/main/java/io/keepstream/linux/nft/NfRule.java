package io.keepstream.linux.nft;

import io.keepstream.linux.nft.Expression.Compare;
import io.keepstream.linux.nft.Expression.Count;
import io.keepstream.linux.nft.Expression.Duplicate;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.Expression.Meta;
import io.keepstream.linux.nft.Expression.Payload;
import io.keepstream.linux.nft.Expression.Verdict;
import io.keepstream.linux.wire.NfTables;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule: expressions that load values into registers, compare them, and end the rule for packets
 * that do not match. Methods give the same rule with one more.
 *
 * @param comment what people see beside it, at most 127 bytes; empty for none
 */
public record NfRule(List<Expression> expressions, String comment) {
  public NfRule {
    expressions = List.copyOf(expressions);
  }

  /** One that matches everything and does nothing. */
  public NfRule() {
    this(List.of(), "");
  }

  /** A rule of these expressions. */
  public static NfRule of(Expression... expressions) {
    return new NfRule(List.of(expressions), "");
  }

  public NfRule then(Expression next) {
    return new NfRule(Stream.concat(expressions.stream(), Stream.of(next)).toList(), comment);
  }

  public NfRule then(List<Expression> next) {
    return new NfRule(Stream.concat(expressions.stream(), next.stream()).toList(), comment);
  }

  public NfRule commented(String text) {
    return new NfRule(expressions, text);
  }

  /** Loads bytes of the IPv4 or IPv6 header. */
  public NfRule network(int offset, int length, int register) {
    return then(new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, offset, length, register));
  }

  /** Loads bytes of what follows the IP header. */
  public NfRule transport(int offset, int length, int register) {
    return then(new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, offset, length, register));
  }

  /** Loads what is known beside the packet, an {@code NFT_META_} number. */
  public NfRule meta(int key, int register) {
    return then(new Meta(key, register));
  }

  /** Goes on if the byte in the first register is {@code value}. */
  public NfRule is(int value) {
    return compare(NfTables.NFT_CMP_EQ, value);
  }

  /** Goes on if the byte in the first register is between both, or one of them. */
  public NfRule between(int least, int greatest) {
    return compare(NfTables.NFT_CMP_GTE, least).compare(NfTables.NFT_CMP_LTE, greatest);
  }

  /** Goes on if the first register holds an element of {@code set}. */
  public NfRule in(NfSet set) {
    return then(new Lookup(set.name(), 0, NfTables.NFT_REG_1, Expression.NONE));
  }

  /** Goes on if {@code map} has an element for the second register, and puts its value there. */
  public NfRule through(NfSet map) {
    return then(new Lookup(map.name(), 0, NfTables.NFT_REG_2, NfTables.NFT_REG_2));
  }

  /** Sends a copy to the address in the first register through the interface in the second. */
  public NfRule duplicate() {
    return then(new Duplicate(NfTables.NFT_REG_1, NfTables.NFT_REG_2));
  }

  /** Counts packets and bytes if {@code wanted}. */
  public NfRule counted(boolean wanted) {
    return wanted ? then(new Count("")) : this;
  }

  public NfRule drop() {
    return then(new Verdict(NfTables.NF_DROP, ""));
  }

  public NfRule accept() {
    return then(new Verdict(NfTables.NF_ACCEPT, ""));
  }

  private NfRule compare(int operation, int value) {
    return then(new Compare(NfTables.NFT_REG_1, operation, Octets.u8(value)));
  }
}
