package io.keepstream.lvs.nft;

import static io.keepstream.linux.wire.NfTables.NFT_REG_1;

import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.Expression.Compare;
import io.keepstream.linux.nft.Expression.Connection;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.Expression.Mask;
import io.keepstream.linux.nft.Expression.Masquerade;
import io.keepstream.linux.nft.Expression.Route;
import io.keepstream.linux.nft.Expression.Verdict;
import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.Octets;
import io.keepstream.linux.wire.NfTables;
import io.keepstream.lvs.ipvs.Protocol;
import java.util.Arrays;
import java.util.List;

/** What is the same in every table: how packets get to the chains of services, and are counted. */
final class Frame {
  /** Before {@code dstnat} and {@code srcnat}, so that other tables come second. */
  private static final int BEFORE_DSTNAT = -110;

  private static final int BEFORE_SRCNAT = 90;

  /** {@code filter}, where destinations are rewritten already and sources not yet. */
  private static final int FILTER = 0;

  /** {@code RTN_LOCAL}. */
  private static final int LOCAL = 2;

  private static final String BALANCE = "balance";
  private static final String COUNT = "count";
  private static final String COUNT_SENT = "count-sent";
  private static final NfSet PROTOCOLS = NfSet.of("protocols", NfSet.Part.PROTOCOL);

  static final Ruleset RULESET = build();

  private Frame() {}

  private static Ruleset build() {
    Ruleset.Builder frame = new Ruleset.Builder();
    frame.set(PROTOCOLS);
    frame.elements(
        PROTOCOLS.name(),
        Arrays.stream(Protocol.values())
            .map(protocol -> NfElement.of(Octets.u8(protocol.number())))
            .toList());
    Way.ALL.forEach(way -> way.sets().forEach(frame::set));
    balance(frame);
    masquerade(frame);
    count(frame);
    return frame.build();
  }

  /** Packets that arrive, and those that this host sends itself. */
  private static void balance(Ruleset.Builder frame) {
    List<NfChain> hooks =
        List.of(
            NfChain.nat("prerouting", NfChain.Hook.PREROUTING, BEFORE_DSTNAT),
            NfChain.nat("output", NfChain.Hook.OUTPUT, BEFORE_DSTNAT));
    for (NfChain hook : hooks) {
      frame.chain(hook);
      frame.rule(
          hook.name(),
          new NfRule()
              .meta(NfTables.NFT_META_L4PROTO, NFT_REG_1)
              .in(PROTOCOLS)
              .then(new Verdict(NfTables.NFT_JUMP, BALANCE)));
    }
    frame.chain(NfChain.named(BALANCE));
    for (Way way : Way.ALL) {
      if (way.equals(firstByAddress())) {
        frame.rule(BALANCE, returnUnlessLocal());
      }
      frame.rule(
          BALANCE,
          Headers.only(way.family())
              .then(way.service())
              .then(new Lookup(way.services().name(), 0, NFT_REG_1, NfTables.NFT_REG_VERDICT)));
    }
  }

  private static Way firstByAddress() {
    return Way.ALL.stream().filter(way -> way.kind() != Way.Kind.MARK).findFirst().orElseThrow();
  }

  /** Only who has the address balances; another node that merely routes does not. */
  private static NfRule returnUnlessLocal() {
    return NfRule.of(
        new Route(NfTables.NFTA_FIB_F_DADDR, NfTables.NFT_FIB_RESULT_ADDRTYPE, NFT_REG_1),
        new Compare(NFT_REG_1, NfTables.NFT_CMP_NEQ, Octets.host32(LOCAL)),
        new Verdict(NfTables.NFT_RETURN, ""));
  }

  private static void masquerade(Ruleset.Builder frame) {
    NfChain hook = NfChain.nat("postrouting", NfChain.Hook.POSTROUTING, BEFORE_SRCNAT);
    frame.chain(hook);
    frame.rule(hook.name(), returnUnlessSentElsewhere());
    for (Way way : Way.ALL) {
      frame.rule(
          hook.name(),
          Headers.only(way.family())
              .then(way.serviceOfConnection())
              .in(way.masqueraded())
              .then(new Masquerade()));
    }
  }

  private static void count(Ruleset.Builder frame) {
    List<NfChain> hooks =
        List.of(
            NfChain.filter("count-prerouting", NfChain.Hook.PREROUTING, FILTER),
            NfChain.filter("count-output", NfChain.Hook.OUTPUT, FILTER));
    for (NfChain hook : hooks) {
      frame.chain(hook);
      frame.rule(hook.name(), NfRule.of(new Verdict(NfTables.NFT_JUMP, COUNT)));
    }
    frame.chain(NfChain.named(COUNT)).chain(NfChain.named(COUNT_SENT));
    frame.rule(COUNT, returnUnlessSentElsewhere());
    frame.rule(
        COUNT,
        NfRule.of(
            new Connection(NfTables.NFT_CT_DIRECTION, Expression.NONE, NFT_REG_1),
            Headers.equal(Octets.u8(NfTables.IP_CT_DIR_REPLY)),
            new Verdict(NfTables.NFT_GOTO, COUNT_SENT)));
    for (Way way : Way.ALL) {
      NfRule server = Headers.only(way.family()).then(way.serverOfConnection());
      frame.rule(COUNT, server.in(way.received()));
      frame.rule(COUNT_SENT, server.in(way.sent()));
    }
  }

  /** Connections whose destination was never rewritten are none of ours. */
  private static NfRule returnUnlessSentElsewhere() {
    return NfRule.of(
        new Connection(NfTables.NFT_CT_STATUS, Expression.NONE, NFT_REG_1),
        new Mask(NFT_REG_1, Octets.host32(NfTables.IPS_DST_NAT)),
        Headers.equal(Octets.host32(0)),
        new Verdict(NfTables.NFT_RETURN, ""));
  }
}
