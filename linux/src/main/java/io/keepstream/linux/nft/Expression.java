package io.keepstream.linux.nft;

import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.util.List;

/**
 * A step of a rule, as the kernel runs it: it loads something into a register, compares it and goes
 * on only if that holds, or does something with the packet.
 */
public sealed interface Expression {
  /** No second register. */
  int NONE = -1;

  /** The kernel's name. */
  String name();

  /** Writes what the kernel needs to know besides the name. */
  void write(NetlinkWriter data);

  /** Loads bytes of a header, {@code NFT_PAYLOAD_} says of which. */
  record Payload(int header, int offset, int length, int register) implements Expression {
    @Override
    public String name() {
      return "payload";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_PAYLOAD_DREG, register);
      data.attrNetU32(NfTables.NFTA_PAYLOAD_BASE, header);
      data.attrNetU32(NfTables.NFTA_PAYLOAD_OFFSET, offset);
      data.attrNetU32(NfTables.NFTA_PAYLOAD_LEN, length);
    }
  }

  /** Loads what is known beside the packet, an {@code NFT_META_} number. */
  record Meta(int key, int register) implements Expression {
    @Override
    public String name() {
      return "meta";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_META_DREG, register);
      data.attrNetU32(NfTables.NFTA_META_KEY, key);
    }
  }

  /**
   * Loads what is known of the packet's connection, an {@code NFT_CT_} number.
   *
   * @param direction {@code IP_CT_DIR_}, or {@link #NONE} where it makes no difference
   */
  record Connection(int key, int direction, int register) implements Expression {
    @Override
    public String name() {
      return "ct";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_CT_DREG, register);
      data.attrNetU32(NfTables.NFTA_CT_KEY, key);
      if (direction != NONE) {
        data.attr(NfTables.NFTA_CT_DIRECTION, value -> value.putU8(direction));
      }
    }
  }

  /** Notes what is in a register at the packet's connection, under an {@code NFT_CT_} number. */
  record Note(int key, int register) implements Expression {
    @Override
    public String name() {
      return "ct";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_CT_KEY, key);
      data.attrNetU32(NfTables.NFTA_CT_SREG, register);
    }
  }

  /** Loads what the routing table says of the packet's addresses. */
  record Route(int flags, int result, int register) implements Expression {
    @Override
    public String name() {
      return "fib";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_FIB_DREG, register);
      data.attrNetU32(NfTables.NFTA_FIB_RESULT, result);
      data.attrNetU32(NfTables.NFTA_FIB_FLAGS, flags);
    }
  }

  /** Goes on if a register compares like this, an {@code NFT_CMP_} number, with a value. */
  record Compare(int register, int operation, Octets value) implements Expression {
    @Override
    public String name() {
      return "cmp";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_CMP_SREG, register);
      data.attrNetU32(NfTables.NFTA_CMP_OP, operation);
      put(data, NfTables.NFTA_CMP_DATA, value);
    }
  }

  /** Clears the bits of a register that {@code mask} does not have. */
  record Mask(int register, Octets mask) implements Expression {
    @Override
    public String name() {
      return "bitwise";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_BITWISE_SREG, register);
      data.attrNetU32(NfTables.NFTA_BITWISE_DREG, register);
      data.attrNetU32(NfTables.NFTA_BITWISE_LEN, mask.length());
      put(data, NfTables.NFTA_BITWISE_MASK, mask);
      put(data, NfTables.NFTA_BITWISE_XOR, Octets.of(new byte[mask.length()]));
    }
  }

  /**
   * Goes on if a set or map has the key in a register.
   *
   * @param id the set's number in the batch that makes it, where the kernel gives it its name; else
   *     0
   * @param target where a map's value goes, the verdict too; {@link #NONE} for sets
   */
  record Lookup(String set, int id, int register, int target) implements Expression {
    /** In a set or map that has a name of its own; the kernel names those of a single rule. */
    public boolean isNamed() {
      return NfSet.isNamed(set);
    }

    @Override
    public String name() {
      return "lookup";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrString(NfTables.NFTA_LOOKUP_SET, set);
      data.attrNetU32(NfTables.NFTA_LOOKUP_SREG, register);
      if (target != NONE) {
        data.attrNetU32(NfTables.NFTA_LOOKUP_DREG, target);
      }
      if (id != 0) {
        data.attrNetU32(NfTables.NFTA_LOOKUP_SET_ID, id);
      }
    }
  }

  /**
   * Goes to the chain that stands at the number in a register, counted from 0: a map without a name
   * that comes and goes with the rule.
   */
  record Choose(int register, List<String> chains) implements Expression {
    public Choose {
      chains = List.copyOf(chains);
    }

    @Override
    public String name() {
      return "lookup";
    }

    @Override
    public void write(NetlinkWriter data) {
      throw new IllegalStateException("a map without a name is made before its rule");
    }
  }

  /** Puts the key in a register into a set, or lets it stay there for the set's whole time. */
  record Remember(String set, int register) implements Expression {
    @Override
    public String name() {
      return "dynset";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrString(NfTables.NFTA_DYNSET_SET_NAME, set);
      data.attrNetU32(NfTables.NFTA_DYNSET_OP, NfTables.NFT_DYNSET_OP_UPDATE);
      data.attrNetU32(NfTables.NFTA_DYNSET_SREG_KEY, register);
    }
  }

  /** Loads a value. */
  record Load(int register, Octets value) implements Expression {
    @Override
    public String name() {
      return "immediate";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_IMMEDIATE_DREG, register);
      put(data, NfTables.NFTA_IMMEDIATE_DATA, value);
    }
  }

  /**
   * Ends the rule with a verdict, {@code NF_} or {@code NFT_}.
   *
   * @param chain where a jump leads, else empty
   */
  record Verdict(int code, String chain) implements Expression {
    @Override
    public String name() {
      return "immediate";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_IMMEDIATE_DREG, NfTables.NFT_REG_VERDICT);
      data.nested(NfTables.NFTA_IMMEDIATE_DATA, this::writeValue);
    }

    void writeValue(NetlinkWriter value) {
      value.nested(
          NfTables.NFTA_DATA_VERDICT,
          verdict -> {
            verdict.attrNetU32(NfTables.NFTA_VERDICT_CODE, code);
            if (!chain.isEmpty()) {
              verdict.attrString(NfTables.NFTA_VERDICT_CHAIN, chain);
            }
          });
    }
  }

  /** Counts the packet by the counter of this name, or by one of the rule's own if it is empty. */
  record Count(String counter) implements Expression {
    @Override
    public String name() {
      return counter.isEmpty() ? "counter" : "objref";
    }

    @Override
    public void write(NetlinkWriter data) {
      if (!counter.isEmpty()) {
        data.attrNetU32(NfTables.NFTA_OBJREF_IMM_TYPE, NfTables.NFT_OBJECT_COUNTER);
        data.attrString(NfTables.NFTA_OBJREF_IMM_NAME, counter);
      }
    }
  }

  /** Loads a number that grows by one from packet to packet and begins anew at {@code modulus}. */
  record TakeTurns(long modulus, int register) implements Expression {
    @Override
    public String name() {
      return "numgen";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_NG_DREG, register);
      data.attrNetU32(NfTables.NFTA_NG_MODULUS, modulus);
      data.attrNetU32(NfTables.NFTA_NG_TYPE, NfTables.NFT_NG_INCREMENTAL);
    }
  }

  /** Loads the hash of {@code length} bytes from another register on, below {@code modulus}. */
  record Hash(int source, int length, long modulus, long seed, int register) implements Expression {
    @Override
    public String name() {
      return "hash";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_HASH_SREG, source);
      data.attrNetU32(NfTables.NFTA_HASH_DREG, register);
      data.attrNetU32(NfTables.NFTA_HASH_LEN, length);
      data.attrNetU32(NfTables.NFTA_HASH_MODULUS, modulus);
      data.attrNetU32(NfTables.NFTA_HASH_SEED, seed);
    }
  }

  /**
   * Sends the packet's connection elsewhere.
   *
   * @param family {@code NFPROTO_} of the address
   * @param port the register of the port, or {@link #NONE} to leave it as it is
   */
  record DestinationNat(int family, int address, int port) implements Expression {
    @Override
    public String name() {
      return "nat";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_NAT_TYPE, NfTables.NFT_NAT_DNAT);
      data.attrNetU32(NfTables.NFTA_NAT_FAMILY, family);
      data.attrNetU32(NfTables.NFTA_NAT_REG_ADDR_MIN, address);
      if (port != NONE) {
        data.attrNetU32(NfTables.NFTA_NAT_REG_PROTO_MIN, port);
      }
    }
  }

  /** Has the packet's connection come from the address of the interface it leaves by. */
  record Masquerade() implements Expression {
    @Override
    public String name() {
      return "masq";
    }

    @Override
    public void write(NetlinkWriter data) {}
  }

  /** Drops the packet and tells its sender by ICMP that nobody is at the port. */
  record Reject() implements Expression {
    @Override
    public String name() {
      return "reject";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_REJECT_TYPE, NfTables.NFT_REJECT_ICMPX_UNREACH);
      data.attr(
          NfTables.NFTA_REJECT_ICMP_CODE,
          code -> code.putU8(NfTables.NFT_REJECT_ICMPX_PORT_UNREACH));
    }
  }

  /** Sends a copy to the address in one register through the interface in the other. */
  record Duplicate(int address, int device) implements Expression {
    @Override
    public String name() {
      return "dup";
    }

    @Override
    public void write(NetlinkWriter data) {
      data.attrNetU32(NfTables.NFTA_DUP_SREG_ADDR, address);
      data.attrNetU32(NfTables.NFTA_DUP_SREG_DEV, device);
    }
  }

  /** What somebody else has written; it can only be read, and equals nothing of ours. */
  record Foreign(String name) implements Expression {
    @Override
    public void write(NetlinkWriter data) {
      throw new IllegalStateException("not one of ours: " + name);
    }
  }

  private static void put(NetlinkWriter data, int attribute, Octets value) {
    data.nested(attribute, nest -> nest.attrBytes(NfTables.NFTA_DATA_VALUE, value.bytes()));
  }
}
