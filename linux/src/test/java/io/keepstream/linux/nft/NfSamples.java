package io.keepstream.linux.nft;

import static io.keepstream.linux.nft.Expression.NONE;
import static io.keepstream.linux.wire.NfTables.NFT_REG32_00;
import static io.keepstream.linux.wire.NfTables.NFT_REG_1;
import static io.keepstream.linux.wire.NfTables.NFT_REG_2;

import io.keepstream.linux.nft.Expression.Choose;
import io.keepstream.linux.nft.Expression.Compare;
import io.keepstream.linux.nft.Expression.Connection;
import io.keepstream.linux.nft.Expression.Count;
import io.keepstream.linux.nft.Expression.DestinationNat;
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
import io.keepstream.linux.nft.NfChain.Hook;
import io.keepstream.linux.nft.NfSet.Part;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NfTables;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with everything this program writes, and the texts that mean it. */
final class NfSamples {
  static final NfTable TABLE = new NfTable(NfTables.NFPROTO_INET, "t");
  private static final InetAddress SERVER = InetAddress.ofLiteral("10.2.0.1");
  private static final InetAddress SERVER_6 = InetAddress.ofLiteral("2001:db8::1");
  private static final Expression IPV4 = new Meta(NfTables.NFT_META_NFPROTO, NFT_REG_1);
  private static final Expression SOURCE = new Payload(1, 12, 4, NFT_REG_1);

  static final List<NfSet> SETS =
      List.of(
          NfSet.of("keys", Part.IPV6_ADDRESS, Part.PORT),
          new NfSet("counted", List.of(Part.IPV4_ADDRESS, Part.PORT), new NfSet.Counted()),
          new NfSet("clients", List.of(Part.IPV4_ADDRESS), new NfSet.Remembered(300_000, 65_535)),
          NfSet.chains("services", List.of(Part.PROTOCOL, Part.IPV4_ADDRESS, Part.PORT)),
          NfSet.chains("traffic", List.of(Part.PROTOCOL, Part.IPV4_ADDRESS, Part.PORT)),
          NfSet.chains("marks", List.of(Part.MARK)));

  static final List<NfChain> CHAINS =
      List.of(
          NfChain.named("server"),
          NfChain.named("other"),
          NfChain.named("leaf"),
          NfChain.nat("prerouting", Hook.PREROUTING, -110),
          NfChain.nat("postrouting", Hook.POSTROUTING, 90),
          NfChain.filter("traffic", Hook.PREROUTING, 0));

  static final Map<String, List<NfElement>> ELEMENTS =
      Map.of(
          "keys",
          List.of(NfElement.of(Octets.key(Octets.of(SERVER_6), Octets.net16(53)))),
          "counted",
          List.of(NfElement.of(Octets.key(Octets.of(SERVER), Octets.net16(8080)))),
          "services",
          List.of(
              NfElement.to(
                  Octets.key(
                      Octets.u8(6),
                      Octets.of(InetAddress.ofLiteral("192.0.2.1")),
                      Octets.net16(80)),
                  "other")),
          "marks",
          List.of(NfElement.to(Octets.host32(7), "leaf")));

  /** Each rule with the text that means it. */
  static final Map<String, List<RuleAs>> RULES = rules();

  record RuleAs(String text, NfRule rule) {}

  private NfSamples() {}

  /** Makes all of it. */
  static List<NetlinkMessage> messages() {
    List<NetlinkMessage> changes = new ArrayList<>(List.of(TABLE.create()));
    changes.add(TABLE.addCounter("connections"));
    SETS.forEach(set -> changes.add(TABLE.add(set)));
    CHAINS.forEach(chain -> changes.add(TABLE.add(chain)));
    ELEMENTS.forEach((set, elements) -> changes.addAll(TABLE.add(set, elements)));
    int[] id = {0};
    RULES.forEach(
        (chain, rules) ->
            rules.forEach(each -> changes.addAll(TABLE.rule(chain, each.rule(), ++id[0]))));
    return changes;
  }

  private static Map<String, List<RuleAs>> rules() {
    Map<String, List<RuleAs>> rules = new LinkedHashMap<>();
    rules.put("server", server());
    rules.put("other", other());
    rules.put(
        "prerouting",
        List.of(
            as(
                "fib daddr type != local return",
                new Route(NfTables.NFTA_FIB_F_DADDR, NfTables.NFT_FIB_RESULT_ADDRTYPE, NFT_REG_1),
                new Compare(NFT_REG_1, NfTables.NFT_CMP_NEQ, Octets.host32(2)),
                new Verdict(NfTables.NFT_RETURN, "")),
            as(
                "meta l4proto . ip daddr . th dport vmap @services",
                IPV4,
                equal(Octets.u8(NfTables.NFPROTO_IPV4)),
                new Meta(NfTables.NFT_META_L4PROTO, NFT_REG_1),
                new Payload(1, 16, 4, NFT_REG32_00 + 1),
                new Payload(2, 2, 2, NFT_REG32_00 + 2),
                new Lookup("services", 0, NFT_REG_1, 0))));
    rules.put(
        "postrouting",
        List.of(
            as(
                "ip saddr 10.2.16.0/20 masquerade",
                IPV4,
                equal(Octets.u8(NfTables.NFPROTO_IPV4)),
                SOURCE,
                new Mask(NFT_REG_1, Octets.prefix(20, 4)),
                equal(Octets.of(InetAddress.ofLiteral("10.2.16.0"))),
                new Masquerade())));
    rules.put("traffic", traffic());
    return rules;
  }

  private static List<RuleAs> server() {
    return List.of(
        as(
            "update @clients { ip saddr & 255.255.255.0 }",
            IPV4,
            equal(Octets.u8(NfTables.NFPROTO_IPV4)),
            SOURCE,
            new Mask(NFT_REG_1, Octets.prefix(24, 4)),
            new Remember("clients", NFT_REG_1)),
        as(
            "ct mark 0x00000000 ct mark set meta mark",
            new Connection(NfTables.NFT_CT_MARK, NONE, NFT_REG_1),
            equal(Octets.host32(0)),
            new Meta(NfTables.NFT_META_MARK, NFT_REG_1),
            new Note(NfTables.NFT_CT_MARK, NFT_REG_1)),
        new RuleAs(
            "meta l4proto tcp counter name \"connections\" dnat ip to 10.2.0.1:8080 comment"
                + " \"weight 3\"",
            NfRule.of(
                    new Meta(NfTables.NFT_META_L4PROTO, NFT_REG_1),
                    equal(Octets.u8(6)),
                    new Count("connections"),
                    new Load(NFT_REG_1, Octets.of(SERVER)),
                    new Load(NFT_REG_2, Octets.net16(8080)),
                    new DestinationNat(NfTables.NFPROTO_IPV4, NFT_REG_1, NFT_REG_2))
                .commented("weight 3")),
        as(
            "dnat ip6 to 2001:db8::1",
            new Load(NFT_REG_1, Octets.of(SERVER_6)),
            new DestinationNat(NfTables.NFPROTO_IPV6, NFT_REG_1, NONE)));
  }

  private static List<RuleAs> other() {
    return List.of(
        as(
            "ip saddr @clients goto server",
            IPV4,
            equal(Octets.u8(NfTables.NFPROTO_IPV4)),
            SOURCE,
            new Lookup("clients", 0, NFT_REG_1, NONE),
            new Verdict(NfTables.NFT_GOTO, "server")),
        as(
            "numgen inc mod 3 vmap { 0 : goto server, 1 : goto server, 2 : goto server }",
            new TakeTurns(3, NFT_REG_1),
            new Choose(NFT_REG_1, List.of("server", "server", "server"))),
        as(
            "jhash ip saddr . th sport mod 2 seed 0x10 vmap { 0 : goto server, 1 : goto server }",
            IPV4,
            equal(Octets.u8(NfTables.NFPROTO_IPV4)),
            new Payload(1, 12, 4, NFT_REG_2),
            new Payload(2, 0, 2, 13),
            new Hash(NFT_REG_2, 8, 2, 16, NFT_REG_1),
            new Choose(NFT_REG_1, List.of("server", "server"))),
        as("jump server", new Verdict(NfTables.NFT_JUMP, "server")),
        as("reject", new Reject()));
  }

  private static List<RuleAs> traffic() {
    return List.of(
        as(
            "iif \"lo\" accept",
            new Meta(NfTables.NFT_META_IIF, NFT_REG_1),
            equal(Octets.host32(1)),
            new Verdict(NfTables.NF_ACCEPT, "")),
        as(
            "ct status ! dnat accept",
            new Connection(NfTables.NFT_CT_STATUS, NONE, NFT_REG_1),
            new Mask(NFT_REG_1, Octets.host32(NfTables.IPS_DST_NAT)),
            equal(Octets.host32(0)),
            new Verdict(NfTables.NF_ACCEPT, "")),
        as(
            "meta l4proto tcp meta l4proto . ct original ip daddr . ct original proto-dst vmap"
                + " @traffic",
            new Meta(NfTables.NFT_META_L4PROTO, NFT_REG_1),
            equal(Octets.u8(6)),
            new Meta(NfTables.NFT_META_L4PROTO, NFT_REG_1),
            original(NfTables.NFT_CT_DST_IP, 1),
            original(NfTables.NFT_CT_PROTO_DST, 2),
            new Lookup("traffic", 0, NFT_REG_1, 0)),
        as(
            "ct direction reply ip saddr . th sport @counted",
            new Connection(NfTables.NFT_CT_DIRECTION, NONE, NFT_REG_1),
            equal(Octets.u8(NfTables.IP_CT_DIR_REPLY)),
            IPV4,
            equal(Octets.u8(NfTables.NFPROTO_IPV4)),
            SOURCE,
            new Payload(2, 0, 2, NFT_REG32_00 + 1),
            new Lookup("counted", 0, NFT_REG_1, NONE)),
        as(
            "meta nfproto ipv4 ct mark vmap @marks",
            IPV4,
            equal(Octets.u8(NfTables.NFPROTO_IPV4)),
            new Connection(NfTables.NFT_CT_MARK, NONE, NFT_REG_1),
            new Lookup("marks", 0, NFT_REG_1, 0)));
  }

  private static Expression original(int key, int part) {
    return new Connection(key, NfTables.IP_CT_DIR_ORIGINAL, NFT_REG32_00 + part);
  }

  private static Compare equal(Octets value) {
    return new Compare(NFT_REG_1, NfTables.NFT_CMP_EQ, value);
  }

  private static RuleAs as(String text, Expression... expressions) {
    return new RuleAs(text, NfRule.of(expressions));
  }
}
