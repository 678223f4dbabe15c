package io.keepstream.linux.nft;

import static io.keepstream.linux.nft.Expression.NONE;

import io.keepstream.linux.nft.Expression.Compare;
import io.keepstream.linux.nft.Expression.Connection;
import io.keepstream.linux.nft.Expression.Count;
import io.keepstream.linux.nft.Expression.DestinationNat;
import io.keepstream.linux.nft.Expression.Duplicate;
import io.keepstream.linux.nft.Expression.Foreign;
import io.keepstream.linux.nft.Expression.Hash;
import io.keepstream.linux.nft.Expression.Load;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.Expression.Mask;
import io.keepstream.linux.nft.Expression.Masquerade;
import io.keepstream.linux.nft.Expression.Meta;
import io.keepstream.linux.nft.Expression.Note;
import io.keepstream.linux.nft.Expression.Payload;
import io.keepstream.linux.nft.Expression.Reject;
import io.keepstream.linux.nft.Expression.Remember;
import io.keepstream.linux.nft.Expression.Route;
import io.keepstream.linux.nft.Expression.TakeTurns;
import io.keepstream.linux.nft.Expression.Verdict;
import io.keepstream.linux.wire.NfTables;
import java.util.Arrays;

/**
 * Reads expressions as the kernel shows them. Whatever would do something else than one that this
 * program writes is {@link Foreign}.
 */
final class ExpressionReader {
  private ExpressionReader() {}

  /** Reads one. */
  static Expression read(Fields expression) {
    String name = expression.text(NfTables.NFTA_EXPR_NAME);
    Fields data = expression.nested(NfTables.NFTA_EXPR_DATA);
    return switch (name) {
      case "payload" -> payload(data);
      case "meta" -> meta(data);
      case "ct" -> connection(data);
      case "fib" -> route(data);
      case "cmp" -> compare(data);
      case "bitwise" -> mask(data);
      case "lookup" -> lookup(data);
      case "dynset" -> remember(data);
      case "immediate" -> immediate(data);
      case "counter" -> new Count("");
      case "objref" -> count(data);
      case "numgen" -> turns(data);
      case "hash" -> hash(data);
      case "nat" -> nat(data);
      case "masq" -> data.has(1) && data.u32(1) != 0 ? new Foreign(name) : new Masquerade();
      case "reject" -> reject(data);
      case "dup" ->
          new Duplicate(
              data.int32(NfTables.NFTA_DUP_SREG_ADDR), data.int32(NfTables.NFTA_DUP_SREG_DEV));
      default -> new Foreign(name);
    };
  }

  private static Expression payload(Fields data) {
    return data.has(NfTables.NFTA_PAYLOAD_DREG)
        ? new Payload(
            data.int32(NfTables.NFTA_PAYLOAD_BASE),
            data.int32(NfTables.NFTA_PAYLOAD_OFFSET),
            data.int32(NfTables.NFTA_PAYLOAD_LEN),
            data.int32(NfTables.NFTA_PAYLOAD_DREG))
        : new Foreign("payload");
  }

  private static Expression meta(Fields data) {
    return data.has(NfTables.NFTA_META_DREG)
        ? new Meta(data.int32(NfTables.NFTA_META_KEY), data.int32(NfTables.NFTA_META_DREG))
        : new Foreign("meta");
  }

  private static Expression connection(Fields data) {
    int key = data.int32(NfTables.NFTA_CT_KEY);
    if (data.has(NfTables.NFTA_CT_SREG)) {
      return new Note(key, data.int32(NfTables.NFTA_CT_SREG));
    }
    int direction =
        data.has(NfTables.NFTA_CT_DIRECTION) ? data.u8(NfTables.NFTA_CT_DIRECTION) : NONE;
    return new Connection(key, direction, data.int32(NfTables.NFTA_CT_DREG));
  }

  private static Expression route(Fields data) {
    return new Route(
        data.int32(NfTables.NFTA_FIB_FLAGS),
        data.int32(NfTables.NFTA_FIB_RESULT),
        data.int32(NfTables.NFTA_FIB_DREG));
  }

  private static Expression compare(Fields data) {
    return new Compare(
        data.int32(NfTables.NFTA_CMP_SREG),
        data.int32(NfTables.NFTA_CMP_OP),
        data.nested(NfTables.NFTA_CMP_DATA).octets(NfTables.NFTA_DATA_VALUE));
  }

  private static Expression mask(Fields data) {
    Octets mask = data.nested(NfTables.NFTA_BITWISE_MASK).octets(NfTables.NFTA_DATA_VALUE);
    byte[] xor = data.nested(NfTables.NFTA_BITWISE_XOR).bytes(NfTables.NFTA_DATA_VALUE);
    int register = data.int32(NfTables.NFTA_BITWISE_DREG);
    boolean ours =
        register == data.int32(NfTables.NFTA_BITWISE_SREG)
            && data.int32(NfTables.NFTA_BITWISE_OP) == 0
            && Arrays.equals(xor, new byte[mask.length()]);
    return ours ? new Mask(register, mask) : new Foreign("bitwise");
  }

  private static Expression lookup(Fields data) {
    return data.u32(NfTables.NFTA_LOOKUP_FLAGS) == 0
        ? new Lookup(
            data.text(NfTables.NFTA_LOOKUP_SET),
            0,
            data.int32(NfTables.NFTA_LOOKUP_SREG),
            data.int32(NfTables.NFTA_LOOKUP_DREG, NONE))
        : new Foreign("lookup");
  }

  private static Expression remember(Fields data) {
    boolean ours =
        data.int32(NfTables.NFTA_DYNSET_OP) == NfTables.NFT_DYNSET_OP_UPDATE
            && data.u32(NfTables.NFTA_DYNSET_FLAGS) == 0
            && !data.has(NfTables.NFTA_DYNSET_SREG_DATA);
    return ours
        ? new Remember(
            data.text(NfTables.NFTA_DYNSET_SET_NAME), data.int32(NfTables.NFTA_DYNSET_SREG_KEY))
        : new Foreign("dynset");
  }

  private static Expression immediate(Fields data) {
    int register = data.int32(NfTables.NFTA_IMMEDIATE_DREG);
    Fields value = data.nested(NfTables.NFTA_IMMEDIATE_DATA);
    return value.has(NfTables.NFTA_DATA_VERDICT)
        ? verdict(value)
        : new Load(register, value.octets(NfTables.NFTA_DATA_VALUE));
  }

  /** Reads a verdict, of a rule or of an element. */
  static Verdict verdict(Fields value) {
    Fields verdict = value.nested(NfTables.NFTA_DATA_VERDICT);
    return new Verdict(
        verdict.int32(NfTables.NFTA_VERDICT_CODE), verdict.text(NfTables.NFTA_VERDICT_CHAIN));
  }

  private static Expression count(Fields data) {
    String counter = data.text(NfTables.NFTA_OBJREF_IMM_NAME);
    boolean ours =
        data.int32(NfTables.NFTA_OBJREF_IMM_TYPE) == NfTables.NFT_OBJECT_COUNTER
            && !counter.isEmpty();
    return ours ? new Count(counter) : new Foreign("objref");
  }

  private static Expression turns(Fields data) {
    boolean ours =
        data.int32(NfTables.NFTA_NG_TYPE) == NfTables.NFT_NG_INCREMENTAL
            && data.u32(NfTables.NFTA_NG_OFFSET) == 0;
    return ours
        ? new TakeTurns(data.u32(NfTables.NFTA_NG_MODULUS), data.int32(NfTables.NFTA_NG_DREG))
        : new Foreign("numgen");
  }

  private static Expression hash(Fields data) {
    boolean ours =
        data.int32(NfTables.NFTA_HASH_TYPE) == NfTables.NFT_HASH_JENKINS
            && data.u32(NfTables.NFTA_HASH_OFFSET) == 0;
    return ours
        ? new Hash(
            data.int32(NfTables.NFTA_HASH_SREG),
            data.int32(NfTables.NFTA_HASH_LEN),
            data.u32(NfTables.NFTA_HASH_MODULUS),
            data.u32(NfTables.NFTA_HASH_SEED),
            data.int32(NfTables.NFTA_HASH_DREG))
        : new Foreign("hash");
  }

  private static Expression nat(Fields data) {
    return data.int32(NfTables.NFTA_NAT_TYPE) == NfTables.NFT_NAT_DNAT
        ? new DestinationNat(
            data.int32(NfTables.NFTA_NAT_FAMILY),
            data.int32(NfTables.NFTA_NAT_REG_ADDR_MIN, NONE),
            data.int32(NfTables.NFTA_NAT_REG_PROTO_MIN, NONE))
        : new Foreign("nat");
  }

  private static Expression reject(Fields data) {
    boolean ours =
        data.int32(NfTables.NFTA_REJECT_TYPE) == NfTables.NFT_REJECT_ICMPX_UNREACH
            && data.u8(NfTables.NFTA_REJECT_ICMP_CODE) == NfTables.NFT_REJECT_ICMPX_PORT_UNREACH;
    return ours ? new Reject() : new Foreign("reject");
  }
}
