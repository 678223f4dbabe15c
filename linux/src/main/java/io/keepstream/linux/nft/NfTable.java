package io.keepstream.linux.nft;

import io.keepstream.linux.nft.Expression.Choose;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.Expression.Verdict;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The messages that change one table, to be committed together, and those that ask for what is in
 * it.
 *
 * @param family {@code NFPROTO_IPV4}, {@code NFPROTO_IPV6}, or {@code NFPROTO_INET} for both
 */
public record NfTable(int family, String name) {
  /** Tells the nft program that keys, or keys and values, are in this machine's byte order. */
  private static final byte[] KEY_HOST_ORDER = {0, 4, 1, 0, 0, 0, 1, 4, 0, 0, 0, 0};

  private static final byte[] ALL_HOST_ORDER = {0, 4, 1, 0, 0, 0, 1, 4, 1, 0, 0, 0};

  private static final String UNNAMED_MAP = "__map%d";
  private static final int ELEMENTS_BYTES = 6144;

  /** Makes the table if it is not there. */
  public NetlinkMessage create() {
    return message(NfTables.NFT_MSG_NEWTABLE, Netlink.NLM_F_CREATE, this::named);
  }

  /** Removes the table with all that is in it. */
  public NetlinkMessage delete() {
    return message(NfTables.NFT_MSG_DELTABLE, 0, this::named);
  }

  /** Makes an empty chain. */
  public NetlinkMessage add(NfChain chain) {
    return message(
        NfTables.NFT_MSG_NEWCHAIN,
        Netlink.NLM_F_CREATE,
        body -> {
          inTable(body, NfTables.NFTA_CHAIN_TABLE, NfTables.NFTA_CHAIN_NAME, chain.name());
          chain.base().ifPresent(base -> hook(body, base));
        });
  }

  private static void hook(NetlinkWriter body, NfChain.Base base) {
    body.attrString(NfTables.NFTA_CHAIN_TYPE, base.type());
    body.nested(
        NfTables.NFTA_CHAIN_HOOK,
        nest -> {
          nest.attrNetU32(NfTables.NFTA_HOOK_HOOKNUM, base.hook());
          nest.attrNetU32(NfTables.NFTA_HOOK_PRIORITY, base.priority());
        });
  }

  /** Removes a chain, which no rule and no element may lead to any more. */
  public NetlinkMessage removeChain(String chain) {
    return message(
        NfTables.NFT_MSG_DELCHAIN,
        0,
        body -> inTable(body, NfTables.NFTA_CHAIN_TABLE, NfTables.NFTA_CHAIN_NAME, chain));
  }

  /** Makes an empty set or map. */
  public NetlinkMessage add(NfSet set) {
    return add(set, 0, 0, 0);
  }

  private NetlinkMessage add(NfSet set, int moreFlags, int size, int id) {
    return message(
        NfTables.NFT_MSG_NEWSET,
        Netlink.NLM_F_CREATE,
        body -> {
          inTable(body, NfTables.NFTA_SET_TABLE, NfTables.NFTA_SET_NAME, set.name());
          body.attrNetU32(NfTables.NFTA_SET_KEY_TYPE, set.keyType());
          body.attrNetU32(NfTables.NFTA_SET_KEY_LEN, set.keyBytes());
          body.attrNetU32(NfTables.NFTA_SET_ID, id);
          body.attrNetU32(NfTables.NFTA_SET_FLAGS, moreFlags | flags(set));
          content(body, set.content());
          if (size > 0) {
            size(body, size);
          }
          if (set.inHostOrder()) {
            boolean all = set.content() instanceof NfSet.Interfaces;
            body.attrBytes(NfTables.NFTA_SET_USERDATA, all ? ALL_HOST_ORDER : KEY_HOST_ORDER);
          }
        });
  }

  private static int flags(NfSet set) {
    return switch (set.content()) {
      case NfSet.Keys _, NfSet.Counted _ -> 0;
      case NfSet.Interfaces _, NfSet.Chains _ -> NfTables.NFT_SET_MAP;
      case NfSet.Remembered _ -> NfTables.NFT_SET_TIMEOUT | NfTables.NFT_SET_EVAL;
    };
  }

  private static void content(NetlinkWriter body, NfSet.Content content) {
    switch (content) {
      case NfSet.Keys _ -> {}
      case NfSet.Counted _ ->
          body.nested(
              NfTables.NFTA_SET_EXPR,
              counter -> counter.attrString(NfTables.NFTA_EXPR_NAME, "counter"));
      case NfSet.Interfaces _ -> {
        body.attrNetU32(NfTables.NFTA_SET_DATA_TYPE, NfSet.Part.INTERFACE.type());
        body.attrNetU32(NfTables.NFTA_SET_DATA_LEN, Integer.BYTES);
      }
      case NfSet.Chains _ ->
          body.attrNetU32(NfTables.NFTA_SET_DATA_TYPE, NfTables.NFT_DATA_VERDICT);
      case NfSet.Remembered(long millis, long limit) -> {
        body.attr(NfTables.NFTA_SET_TIMEOUT, time -> time.putNetU64(millis));
        size(body, limit);
      }
    }
  }

  private static void size(NetlinkWriter body, long elements) {
    body.nested(
        NfTables.NFTA_SET_DESC, desc -> desc.attrNetU32(NfTables.NFTA_SET_DESC_SIZE, elements));
  }

  /** Removes a set or map, which no rule may use any more. */
  public NetlinkMessage removeSet(String set) {
    return message(
        NfTables.NFT_MSG_DELSET,
        0,
        body -> inTable(body, NfTables.NFTA_SET_TABLE, NfTables.NFTA_SET_NAME, set));
  }

  /** Adds elements; those that are there already stay. */
  public List<NetlinkMessage> add(String set, Collection<NfElement> elements) {
    return elements(NfTables.NFT_MSG_NEWSETELEM, Netlink.NLM_F_CREATE, set, 0, elements);
  }

  /** Removes elements; one that is not there refuses the whole with ENOENT. */
  public List<NetlinkMessage> remove(String set, Collection<NfElement> elements) {
    return elements(NfTables.NFT_MSG_DELSETELEM, 0, set, 0, elements);
  }

  /** Makes a counter that rules can name. */
  public NetlinkMessage addCounter(String counter) {
    return message(
        NfTables.NFT_MSG_NEWOBJ,
        Netlink.NLM_F_CREATE,
        body -> {
          counter(body, counter);
          body.nested(NfTables.NFTA_OBJ_DATA, data -> {});
        });
  }

  /** Removes a counter, which no rule may use any more. */
  public NetlinkMessage removeCounter(String counter) {
    return message(NfTables.NFT_MSG_DELOBJ, 0, body -> counter(body, counter));
  }

  private void counter(NetlinkWriter body, String counter) {
    inTable(body, NfTables.NFTA_OBJ_TABLE, NfTables.NFTA_OBJ_NAME, counter);
    body.attrNetU32(NfTables.NFTA_OBJ_TYPE, NfTables.NFT_OBJECT_COUNTER);
  }

  /**
   * Adds a rule at the end of a chain, with the map without a name that it may have.
   *
   * @param id a number of its own within the batch, from 1, for that map
   */
  public List<NetlinkMessage> rule(String chain, NfRule rule, int id) {
    return rule(chain, rule, id, Netlink.NLM_F_CREATE | Netlink.NLM_F_APPEND);
  }

  /** Adds a rule without such a map at the end of a chain. */
  public NetlinkMessage rule(String chain, NfRule rule) {
    return rule(chain, rule, 0).getLast();
  }

  /** Adds a rule before all others of a chain. */
  public NetlinkMessage firstRule(String chain, NfRule rule) {
    return rule(chain, rule, 0, Netlink.NLM_F_CREATE).getLast();
  }

  private List<NetlinkMessage> rule(String chain, NfRule rule, int id, int flags) {
    List<NetlinkMessage> messages = new ArrayList<>();
    List<Expression> bound = new ArrayList<>();
    for (Expression each : rule.expressions()) {
      if (each instanceof Choose(int register, List<String> chains)) {
        messages.addAll(unnamedMap(chains, id));
        bound.add(new Lookup(UNNAMED_MAP, id, register, NfTables.NFT_REG_VERDICT));
      } else {
        bound.add(each);
      }
    }
    messages.add(
        message(
            NfTables.NFT_MSG_NEWRULE,
            flags,
            body -> {
              inTable(body, NfTables.NFTA_RULE_TABLE, NfTables.NFTA_RULE_CHAIN, chain);
              body.nested(NfTables.NFTA_RULE_EXPRESSIONS, list -> expressions(list, bound));
              if (!rule.comment().isEmpty()) {
                body.attrBytes(NfTables.NFTA_RULE_USERDATA, comment(rule.comment()));
              }
            }));
    return messages;
  }

  private List<NetlinkMessage> unnamedMap(List<String> chains, int id) {
    NfSet map = NfSet.chains(UNNAMED_MAP, List.of(NfSet.Part.INTEGER));
    int flags = NfTables.NFT_SET_ANONYMOUS | NfTables.NFT_SET_CONSTANT;
    List<NfElement> elements =
        IntStream.range(0, chains.size())
            .mapToObj(i -> NfElement.to(Octets.host32(i), chains.get(i)))
            .toList();
    List<NetlinkMessage> messages = new ArrayList<>();
    messages.add(add(map, flags, chains.size(), id));
    messages.addAll(
        elements(NfTables.NFT_MSG_NEWSETELEM, Netlink.NLM_F_CREATE, UNNAMED_MAP, id, elements));
    return messages;
  }

  private static void expressions(NetlinkWriter list, List<Expression> expressions) {
    for (Expression each : expressions) {
      list.nested(
          NfTables.NFTA_LIST_ELEM,
          element -> {
            element.attrString(NfTables.NFTA_EXPR_NAME, each.name());
            element.nested(NfTables.NFTA_EXPR_DATA, each::write);
          });
    }
  }

  private static byte[] comment(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[bytes.length + 3];
    data[0] = NfTables.NFTNL_UDATA_RULE_COMMENT;
    data[1] = (byte) (bytes.length + 1);
    System.arraycopy(bytes, 0, data, 2, bytes.length);
    return data;
  }

  /** Removes all rules of a chain. */
  public NetlinkMessage clear(String chain) {
    return message(
        NfTables.NFT_MSG_DELRULE,
        0,
        body -> inTable(body, NfTables.NFTA_RULE_TABLE, NfTables.NFTA_RULE_CHAIN, chain));
  }

  private List<NetlinkMessage> elements(
      int type, int flags, String set, int id, Collection<NfElement> elements) {
    List<NetlinkMessage> messages = new ArrayList<>();
    List<NfElement> some = new ArrayList<>();
    int bytes = 0;
    for (NfElement each : elements) {
      if (bytes > ELEMENTS_BYTES) {
        messages.add(elementsMessage(type, flags, set, id, List.copyOf(some)));
        some.clear();
        bytes = 0;
      }
      some.add(each);
      bytes += each.messageBytes();
    }
    if (!some.isEmpty()) {
      messages.add(elementsMessage(type, flags, set, id, List.copyOf(some)));
    }
    return messages;
  }

  private NetlinkMessage elementsMessage(
      int type, int flags, String set, int id, List<NfElement> elements) {
    return message(
        type,
        flags,
        body -> {
          inTable(body, NfTables.NFTA_SET_ELEM_LIST_TABLE, NfTables.NFTA_SET_ELEM_LIST_SET, set);
          if (id != 0) {
            body.attrNetU32(NfTables.NFTA_SET_ELEM_LIST_SET_ID, id);
          }
          body.nested(
              NfTables.NFTA_SET_ELEM_LIST_ELEMENTS,
              list -> elements.forEach(each -> element(list, each)));
        });
  }

  private static void element(NetlinkWriter list, NfElement element) {
    list.nested(
        NfTables.NFTA_LIST_ELEM,
        nest -> {
          nest.nested(
              NfTables.NFTA_SET_ELEM_KEY,
              key -> key.attrBytes(NfTables.NFTA_DATA_VALUE, element.key().bytes()));
          switch (element.value()) {
            case NfElement.Nothing _ -> {}
            case NfElement.Goto(String chain) ->
                nest.nested(
                    NfTables.NFTA_SET_ELEM_DATA, new Verdict(NfTables.NFT_GOTO, chain)::writeValue);
            case NfElement.Data(Octets value) ->
                nest.nested(
                    NfTables.NFTA_SET_ELEM_DATA,
                    data -> data.attrBytes(NfTables.NFTA_DATA_VALUE, value.bytes()));
          }
        });
  }

  /** Asks for the chains of all tables of the family. */
  public NetlinkMessage chains() {
    return message(NfTables.NFT_MSG_GETCHAIN, 0, body -> {});
  }

  /** Asks for the rules. */
  public NetlinkMessage rules() {
    return message(
        NfTables.NFT_MSG_GETRULE, 0, body -> body.attrString(NfTables.NFTA_RULE_TABLE, name));
  }

  /** Asks for the sets and maps. */
  public NetlinkMessage sets() {
    return message(
        NfTables.NFT_MSG_GETSET, 0, body -> body.attrString(NfTables.NFTA_SET_TABLE, name));
  }

  /** Asks for the elements of a set or map. */
  public NetlinkMessage elements(String set) {
    return message(
        NfTables.NFT_MSG_GETSETELEM,
        0,
        body ->
            inTable(body, NfTables.NFTA_SET_ELEM_LIST_TABLE, NfTables.NFTA_SET_ELEM_LIST_SET, set));
  }

  /** Asks for the counters that rules can name. */
  public NetlinkMessage counters() {
    return message(
        NfTables.NFT_MSG_GETOBJ,
        0,
        body -> {
          body.attrString(NfTables.NFTA_OBJ_TABLE, name);
          body.attrNetU32(NfTables.NFTA_OBJ_TYPE, NfTables.NFT_OBJECT_COUNTER);
        });
  }

  private void named(NetlinkWriter body) {
    body.attrString(NfTables.NFTA_TABLE_NAME, name);
  }

  private void inTable(NetlinkWriter body, int tableAttribute, int attribute, String value) {
    body.attrString(tableAttribute, name);
    body.attrString(attribute, value);
  }

  private NetlinkMessage message(int type, int flags, Consumer<NetlinkWriter> attributes) {
    return new NetlinkMessage(
        NfTables.NFNL_SUBSYS_NFTABLES << Byte.SIZE | type,
        flags,
        body -> {
          body.putU8(family).putU8(0).putNetU16(0);
          attributes.accept(body);
        });
  }
}
