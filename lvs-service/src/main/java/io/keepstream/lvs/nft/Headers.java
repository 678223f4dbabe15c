package io.keepstream.lvs.nft;

import static io.keepstream.linux.wire.NfTables.NFT_REG_1;

import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.Expression.Compare;
import io.keepstream.linux.nft.Expression.Meta;
import io.keepstream.linux.nft.Expression.Payload;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.Octets;
import io.keepstream.linux.wire.NfTables;
import io.keepstream.lvs.ipvs.Family;

/** What rules say of the headers of both families. */
final class Headers {
  private Headers() {}

  /** {@code NFPROTO_}. */
  static int number(Family family) {
    return switch (family) {
      case IPV4 -> NfTables.NFPROTO_IPV4;
      case IPV6 -> NfTables.NFPROTO_IPV6;
    };
  }

  /** The beginning of a rule for packets of {@code family}. */
  static NfRule only(Family family) {
    return NfRule.of(
        new Meta(NfTables.NFT_META_NFPROTO, NFT_REG_1), equal(Octets.u8(number(family))));
  }

  /** Goes on if the first register holds {@code value}. */
  static Expression equal(Octets value) {
    return new Compare(NFT_REG_1, NfTables.NFT_CMP_EQ, value);
  }

  /** Loads the client's address. */
  static Expression source(Family family, int register) {
    return switch (family) {
      case IPV4 -> address(12, Integer.BYTES, register);
      case IPV6 -> address(8, 2 * Long.BYTES, register);
    };
  }

  /** Loads the address the packet is for. */
  static Expression destination(Family family, int register) {
    return switch (family) {
      case IPV4 -> address(16, Integer.BYTES, register);
      case IPV6 -> address(24, 2 * Long.BYTES, register);
    };
  }

  private static Expression address(int offset, int length, int register) {
    return new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, offset, length, register);
  }
}
