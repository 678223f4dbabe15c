package io.keepstream.linux.nft;

import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.Expression.Verdict;
import io.keepstream.linux.nft.NfSet.Part;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NfTables;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what the kernel shows of a table. Nothing in the bytes makes it throw: what makes no sense
 * is left out, or is not equal to anything this program writes.
 */
public final class NfAnswers {
  private static final int HEADER = 4;
  private static final int TYPE_MASK = 0x3F;
  private static final int TYPE_BITS = 6;

  private final NfTable table;

  /** Reads answers about {@code table} and passes over those about others. */
  public NfAnswers(NfTable table) {
    this.table = table;
  }

  /** A rule and its chain. */
  public record RuleIn(String chain, NfRule rule) {}

  /** What a counter has counted. */
  public record Tally(String counter, long packets, long bytes) {}

  /** An element, and how many packets and bytes have been looked up in it. */
  public record Found(NfElement element, long packets, long bytes) {}

  /** The generation of all tables, which grows with every change of any. */
  public static OptionalLong generation(NetlinkReader message) {
    Fields fields = Fields.read(message.attributes(HEADER));
    return is(message, NfTables.NFT_MSG_NEWGEN) && fields.has(NfTables.NFTA_GEN_ID)
        ? OptionalLong.of(fields.u32(NfTables.NFTA_GEN_ID))
        : OptionalLong.empty();
  }

  /** A chain. */
  public Optional<NfChain> chain(NetlinkReader message) {
    return fields(message, NfTables.NFT_MSG_NEWCHAIN, NfTables.NFTA_CHAIN_TABLE)
        .map(
            fields ->
                new NfChain(
                    fields.text(NfTables.NFTA_CHAIN_NAME),
                    fields.has(NfTables.NFTA_CHAIN_HOOK)
                        ? Optional.of(base(fields))
                        : Optional.empty()));
  }

  private static NfChain.Base base(Fields fields) {
    Fields hook = fields.nested(NfTables.NFTA_CHAIN_HOOK);
    boolean accepts = fields.int32(NfTables.NFTA_CHAIN_POLICY, NfTables.NF_ACCEPT) != 0;
    return new NfChain.Base(
        (accepts ? "" : "dropping ") + fields.text(NfTables.NFTA_CHAIN_TYPE),
        hook.int32(NfTables.NFTA_HOOK_HOOKNUM),
        hook.int32(NfTables.NFTA_HOOK_PRIORITY));
  }

  /** A rule. */
  public Optional<RuleIn> rule(NetlinkReader message) {
    return fields(message, NfTables.NFT_MSG_NEWRULE, NfTables.NFTA_RULE_TABLE)
        .map(
            fields -> {
              List<Expression> expressions = new ArrayList<>();
              AttributeReader list =
                  AttributeReader.of(fields.bytes(NfTables.NFTA_RULE_EXPRESSIONS));
              while (list.next()) {
                expressions.add(ExpressionReader.read(Fields.read(list.nested())));
              }
              String comment = comment(fields.bytes(NfTables.NFTA_RULE_USERDATA));
              return new RuleIn(
                  fields.text(NfTables.NFTA_RULE_CHAIN), new NfRule(expressions, comment));
            });
  }

  private static String comment(byte[] data) {
    for (int i = 0; i + 1 < data.length; i += 2 + Byte.toUnsignedInt(data[i + 1])) {
      int length = Byte.toUnsignedInt(data[i + 1]);
      if (data[i] == NfTables.NFTNL_UDATA_RULE_COMMENT
          && length > 0
          && i + 2 + length <= data.length) {
        return new String(data, i + 2, length - 1, StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /** A set or map. */
  public Optional<NfSet> set(NetlinkReader message) {
    return fields(message, NfTables.NFT_MSG_NEWSET, NfTables.NFTA_SET_TABLE)
        .map(
            fields ->
                new NfSet(
                    fields.text(NfTables.NFTA_SET_NAME),
                    key(fields.u32(NfTables.NFTA_SET_KEY_TYPE)),
                    content(fields)));
  }

  /** The parts of a key; none if any is not among ours. */
  private static List<Part> key(long type) {
    Deque<Part> parts = new ArrayDeque<>();
    for (long rest = type; rest != 0; rest >>>= TYPE_BITS) {
      long last = rest & TYPE_MASK;
      Optional<Part> part =
          Arrays.stream(Part.values()).filter(each -> each.type() == last).findFirst();
      if (part.isEmpty()) {
        return List.of();
      }
      parts.addFirst(part.get());
    }
    return List.copyOf(parts);
  }

  private static NfSet.Content content(Fields fields) {
    long flags = fields.u32(NfTables.NFTA_SET_FLAGS);
    if ((flags & NfTables.NFT_SET_MAP) != 0) {
      return fields.u32(NfTables.NFTA_SET_DATA_TYPE) == NfTables.NFT_DATA_VERDICT
          ? new NfSet.Chains()
          : new NfSet.Interfaces();
    }
    if ((flags & NfTables.NFT_SET_TIMEOUT) != 0) {
      return new NfSet.Remembered(
          fields.u64(NfTables.NFTA_SET_TIMEOUT),
          fields.nested(NfTables.NFTA_SET_DESC).u32(NfTables.NFTA_SET_DESC_SIZE));
    }
    return fields.has(NfTables.NFTA_SET_EXPR) ? new NfSet.Counted() : new NfSet.Keys();
  }

  /** Some elements of a set or map. */
  public Optional<List<Found>> elements(NetlinkReader message) {
    return fields(message, NfTables.NFT_MSG_NEWSETELEM, NfTables.NFTA_SET_ELEM_LIST_TABLE)
        .map(
            fields -> {
              List<Found> elements = new ArrayList<>();
              AttributeReader list =
                  AttributeReader.of(fields.bytes(NfTables.NFTA_SET_ELEM_LIST_ELEMENTS));
              while (list.next()) {
                elements.add(element(Fields.read(list.nested())));
              }
              return elements;
            });
  }

  private static Found element(Fields fields) {
    Octets key = fields.nested(NfTables.NFTA_SET_ELEM_KEY).octets(NfTables.NFTA_DATA_VALUE);
    Fields counter = fields.nested(NfTables.NFTA_SET_ELEM_EXPR).nested(NfTables.NFTA_EXPR_DATA);
    return new Found(
        new NfElement(key, value(fields)),
        counter.u64(NfTables.NFTA_COUNTER_PACKETS),
        counter.u64(NfTables.NFTA_COUNTER_BYTES));
  }

  private static NfElement.Value value(Fields fields) {
    if (!fields.has(NfTables.NFTA_SET_ELEM_DATA)) {
      return new NfElement.Nothing();
    }
    Fields data = fields.nested(NfTables.NFTA_SET_ELEM_DATA);
    if (!data.has(NfTables.NFTA_DATA_VERDICT)) {
      return new NfElement.Data(data.octets(NfTables.NFTA_DATA_VALUE));
    }
    Verdict verdict = ExpressionReader.verdict(data);
    return new NfElement.Goto(verdict.code() == NfTables.NFT_GOTO ? verdict.chain() : "");
  }

  /**
   * What a rule means that looks into a map without a name.
   *
   * @param elements those of the map
   */
  public static Expression choose(Lookup lookup, List<NfElement> elements) {
    String[] chains = new String[elements.size()];
    for (NfElement each : elements) {
      int place = place(each.key());
      if (place < 0 || place >= chains.length || !(each.value() instanceof NfElement.Goto to)) {
        return new Expression.Foreign(lookup.name());
      }
      chains[place] = to.chain();
    }
    boolean ours =
        lookup.target() == NfTables.NFT_REG_VERDICT && !Arrays.asList(chains).contains(null);
    return ours
        ? new Expression.Choose(lookup.register(), List.of(chains))
        : new Expression.Foreign(lookup.name());
  }

  private static int place(Octets key) {
    return key.length() == Integer.BYTES
        ? ByteBuffer.wrap(key.bytes()).order(ByteOrder.nativeOrder()).getInt()
        : -1;
  }

  /** A counter that rules can name. */
  public Optional<Tally> counter(NetlinkReader message) {
    return fields(message, NfTables.NFT_MSG_NEWOBJ, NfTables.NFTA_OBJ_TABLE)
        .filter(fields -> fields.u32(NfTables.NFTA_OBJ_TYPE) == NfTables.NFT_OBJECT_COUNTER)
        .map(
            fields -> {
              Fields data = fields.nested(NfTables.NFTA_OBJ_DATA);
              return new Tally(
                  fields.text(NfTables.NFTA_OBJ_NAME),
                  data.u64(NfTables.NFTA_COUNTER_PACKETS),
                  data.u64(NfTables.NFTA_COUNTER_BYTES));
            });
  }

  private Optional<Fields> fields(NetlinkReader message, int type, int tableAttribute) {
    if (!is(message, type) || message.u8(0) != table.family()) {
      return Optional.empty();
    }
    Fields fields = Fields.read(message.attributes(HEADER));
    return fields.text(tableAttribute).equals(table.name())
        ? Optional.of(fields)
        : Optional.empty();
  }

  private static boolean is(NetlinkReader message, int type) {
    return message.type() == (NfTables.NFNL_SUBSYS_NFTABLES << Byte.SIZE | type);
  }
}
