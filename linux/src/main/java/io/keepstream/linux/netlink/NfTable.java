package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.net.InetAddress;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * The messages that change one table of nf_tables, for {@link NfNetlink#commit}.
 *
 * @param family {@code NFPROTO_IPV4} or {@code NFPROTO_IPV6}
 */
public record NfTable(int family, String name) {
  /** Tells the nft program that keys and values are in this machine's byte order. */
  private static final byte[] HOST_ORDER = {0, 4, 1, 0, 0, 0, 1, 4, 1, 0, 0, 0};

  /** Where a chain gets its packets. */
  public enum Hook {
    PREROUTING(NfTables.NF_INET_PRE_ROUTING),
    INPUT(NfTables.NF_INET_LOCAL_IN),
    OUTPUT(NfTables.NF_INET_LOCAL_OUT);

    private final int number;

    Hook(int number) {
      this.number = number;
    }
  }

  /**
   * An element of a set or map. Its key is an address, an interface, or both one after the other.
   *
   * @param address the address in the key, or null
   * @param interfaceIndex the interface in the key, or 0
   * @param target the interface the key leads to in a map, or 0
   */
  public record Element(InetAddress address, int interfaceIndex, int target) {
    public static Element of(InetAddress address) {
      return new Element(address, 0, 0);
    }

    public static Element of(InetAddress address, int interfaceIndex) {
      return new Element(address, interfaceIndex, 0);
    }

    public static Element of(int interfaceIndex) {
      return new Element(null, interfaceIndex, 0);
    }

    public static Element mapping(int interfaceIndex, int target) {
      return new Element(null, interfaceIndex, target);
    }

    private void writeKey(NetlinkWriter writer) {
      if (address != null) {
        writer.putBytes(address.getAddress());
      }
      if (interfaceIndex != 0) {
        writer.putU32(interfaceIndex);
      }
    }
  }

  /** Makes the table if it is not there. */
  public NetlinkMessage create() {
    return message(NfTables.NFT_MSG_NEWTABLE, Netlink.NLM_F_CREATE, this::named);
  }

  /** Removes the table with all that is in it. */
  public NetlinkMessage delete() {
    return message(NfTables.NFT_MSG_DELTABLE, 0, this::named);
  }

  /** Makes a chain whose packets are accepted unless a rule drops them. */
  public NetlinkMessage chain(String chain, Hook hook, int priority) {
    return message(
        NfTables.NFT_MSG_NEWCHAIN,
        Netlink.NLM_F_CREATE,
        body -> {
          body.attrString(NfTables.NFTA_CHAIN_TABLE, name);
          body.attrString(NfTables.NFTA_CHAIN_NAME, chain);
          body.attrString(NfTables.NFTA_CHAIN_TYPE, "filter");
          body.nested(
              NfTables.NFTA_CHAIN_HOOK,
              nest -> {
                nest.attrNetU32(NfTables.NFTA_HOOK_HOOKNUM, hook.number);
                nest.attrNetU32(NfTables.NFTA_HOOK_PRIORITY, priority);
              });
        });
  }

  /** Makes an empty set or map. */
  public NetlinkMessage set(NfSet set) {
    return message(
        NfTables.NFT_MSG_NEWSET,
        Netlink.NLM_F_CREATE,
        body -> {
          body.attrString(NfTables.NFTA_SET_TABLE, name);
          body.attrString(NfTables.NFTA_SET_NAME, set.name());
          body.attrNetU32(NfTables.NFTA_SET_FLAGS, set.mapped() ? NfTables.NFT_SET_MAP : 0);
          body.attrNetU32(NfTables.NFTA_SET_KEY_TYPE, set.keyType());
          body.attrNetU32(NfTables.NFTA_SET_KEY_LEN, set.keyBytes());
          if (set.mapped()) {
            body.attrNetU32(NfTables.NFTA_SET_DATA_TYPE, NfSet.TYPE_INTERFACE_INDEX);
            body.attrNetU32(NfTables.NFTA_SET_DATA_LEN, Integer.BYTES);
          }
          body.attrNetU32(NfTables.NFTA_SET_ID, set.id());
          if (set.keyType() == NfSet.TYPE_INTERFACE_INDEX) {
            body.attrBytes(NfTables.NFTA_SET_USERDATA, HOST_ORDER);
          }
        });
  }

  /** Adds a rule at the end of a chain. */
  public NetlinkMessage rule(String chain, NfRule rule) {
    return rule(chain, rule, Netlink.NLM_F_CREATE | Netlink.NLM_F_APPEND);
  }

  /** Adds a rule before all others of a chain. */
  public NetlinkMessage firstRule(String chain, NfRule rule) {
    return rule(chain, rule, Netlink.NLM_F_CREATE);
  }

  private NetlinkMessage rule(String chain, NfRule rule, int flags) {
    return message(
        NfTables.NFT_MSG_NEWRULE,
        flags,
        body -> {
          body.attrString(NfTables.NFTA_RULE_TABLE, name);
          body.attrString(NfTables.NFTA_RULE_CHAIN, chain);
          body.nested(NfTables.NFTA_RULE_EXPRESSIONS, rule::write);
        });
  }

  /** Adds elements, at most some two hundred; those that are there already stay. */
  public NetlinkMessage add(NfSet set, Collection<Element> elements) {
    return elements(NfTables.NFT_MSG_NEWSETELEM, Netlink.NLM_F_CREATE, set, elements);
  }

  /** Removes elements; one that is not there refuses the whole batch with ENOENT. */
  public NetlinkMessage remove(NfSet set, Collection<Element> elements) {
    return elements(NfTables.NFT_MSG_DELSETELEM, 0, set, elements);
  }

  private NetlinkMessage elements(int type, int flags, NfSet set, Collection<Element> elements) {
    return message(
        type,
        flags,
        body -> {
          body.attrString(NfTables.NFTA_SET_ELEM_LIST_TABLE, name);
          body.attrString(NfTables.NFTA_SET_ELEM_LIST_SET, set.name());
          body.nested(
              NfTables.NFTA_SET_ELEM_LIST_ELEMENTS,
              list -> elements.forEach(each -> element(list, each)));
        });
  }

  private static void element(NetlinkWriter list, Element element) {
    list.nested(
        NfTables.NFTA_LIST_ELEM,
        nest -> {
          nest.nested(
              NfTables.NFTA_SET_ELEM_KEY,
              key -> key.attr(NfTables.NFTA_DATA_VALUE, element::writeKey));
          if (element.target() != 0) {
            nest.nested(
                NfTables.NFTA_SET_ELEM_DATA,
                data -> data.attrU32(NfTables.NFTA_DATA_VALUE, element.target()));
          }
        });
  }

  private void named(NetlinkWriter body) {
    body.attrString(NfTables.NFTA_TABLE_NAME, name);
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
