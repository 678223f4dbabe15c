package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rule of nf_tables as the kernel runs it: expressions that load values into registers, compare
 * them, and end the rule for packets that do not match.
 */
public final class NfRule {
  private record Expression(String name, Consumer<NetlinkWriter> data) {}

  private final List<Expression> expressions = new ArrayList<>();

  /** Loads bytes of the IPv4 or IPv6 header. */
  public NfRule network(int offset, int length, int register) {
    return payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, offset, length, register);
  }

  /** Loads bytes of what follows the IP header. */
  public NfRule transport(int offset, int length, int register) {
    return payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, offset, length, register);
  }

  /** Loads what is known beside the packet, an {@code NFT_META_} number. */
  public NfRule meta(int key, int register) {
    return add(
        "meta",
        data -> {
          data.attrNetU32(NfTables.NFTA_META_DREG, register);
          data.attrNetU32(NfTables.NFTA_META_KEY, key);
        });
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
    return add(
        "lookup",
        data -> {
          data.attrString(NfTables.NFTA_LOOKUP_SET, set.name());
          data.attrNetU32(NfTables.NFTA_LOOKUP_SREG, NfTables.NFT_REG_1);
        });
  }

  /** Goes on if {@code map} has an element for the second register, and puts its value there. */
  public NfRule through(NfSet map) {
    return add(
        "lookup",
        data -> {
          data.attrString(NfTables.NFTA_LOOKUP_SET, map.name());
          data.attrNetU32(NfTables.NFTA_LOOKUP_SREG, NfTables.NFT_REG_2);
          data.attrNetU32(NfTables.NFTA_LOOKUP_DREG, NfTables.NFT_REG_2);
        });
  }

  /** Sends a copy to the address in the first register through the interface in the second. */
  public NfRule duplicate() {
    return add(
        "dup",
        data -> {
          data.attrNetU32(NfTables.NFTA_DUP_SREG_ADDR, NfTables.NFT_REG_1);
          data.attrNetU32(NfTables.NFTA_DUP_SREG_DEV, NfTables.NFT_REG_2);
        });
  }

  /** Counts packets and bytes if {@code wanted}. */
  public NfRule counted(boolean wanted) {
    return wanted ? add("counter", data -> {}) : this;
  }

  public NfRule drop() {
    return verdict(NfTables.NF_DROP);
  }

  public NfRule accept() {
    return verdict(NfTables.NF_ACCEPT);
  }

  void write(NetlinkWriter list) {
    for (Expression each : expressions) {
      list.nested(
          NfTables.NFTA_LIST_ELEM,
          element -> {
            element.attrString(NfTables.NFTA_EXPR_NAME, each.name());
            element.nested(NfTables.NFTA_EXPR_DATA, each.data());
          });
    }
  }

  private NfRule payload(int base, int offset, int length, int register) {
    return add(
        "payload",
        data -> {
          data.attrNetU32(NfTables.NFTA_PAYLOAD_DREG, register);
          data.attrNetU32(NfTables.NFTA_PAYLOAD_BASE, base);
          data.attrNetU32(NfTables.NFTA_PAYLOAD_OFFSET, offset);
          data.attrNetU32(NfTables.NFTA_PAYLOAD_LEN, length);
        });
  }

  private NfRule compare(int operation, int value) {
    return add(
        "cmp",
        data -> {
          data.attrNetU32(NfTables.NFTA_CMP_SREG, NfTables.NFT_REG_1);
          data.attrNetU32(NfTables.NFTA_CMP_OP, operation);
          data.nested(
              NfTables.NFTA_CMP_DATA,
              nest -> nest.attrBytes(NfTables.NFTA_DATA_VALUE, new byte[] {(byte) value}));
        });
  }

  private NfRule verdict(int code) {
    return add(
        "immediate",
        data -> {
          data.attrNetU32(NfTables.NFTA_IMMEDIATE_DREG, NfTables.NFT_REG_VERDICT);
          data.nested(
              NfTables.NFTA_IMMEDIATE_DATA,
              nest ->
                  nest.nested(
                      NfTables.NFTA_DATA_VERDICT,
                      verdict -> verdict.attrNetU32(NfTables.NFTA_VERDICT_CODE, code)));
        });
  }

  private NfRule add(String name, Consumer<NetlinkWriter> data) {
    expressions.add(new Expression(name, data));
    return this;
  }
}
