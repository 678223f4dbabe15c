package io.keepstream.linux.wire;

/** Constants of nf_tables over netlink, {@code linux/netfilter/nf_tables.h}. */
public final class NfTables {
  public static final int NETLINK_NETFILTER = 12;
  public static final int NFNL_SUBSYS_NFTABLES = 10;
  public static final int NFNL_MSG_BATCH_BEGIN = 0x10;
  public static final int NFNL_MSG_BATCH_END = 0x11;

  /** In a batch's beginning: the generation that the tables must still be of. */
  public static final int NFNL_BATCH_GENID = 1;

  /** Both families in one table. */
  public static final int NFPROTO_INET = 1;

  public static final int NFPROTO_IPV4 = 2;
  public static final int NFPROTO_IPV6 = 10;

  public static final int NFT_MSG_NEWTABLE = 0;
  public static final int NFT_MSG_GETTABLE = 1;
  public static final int NFT_MSG_DELTABLE = 2;
  public static final int NFT_MSG_NEWCHAIN = 3;
  public static final int NFT_MSG_GETCHAIN = 4;
  public static final int NFT_MSG_DELCHAIN = 5;
  public static final int NFT_MSG_NEWRULE = 6;
  public static final int NFT_MSG_GETRULE = 7;
  public static final int NFT_MSG_DELRULE = 8;
  public static final int NFT_MSG_NEWSET = 9;
  public static final int NFT_MSG_GETSET = 10;
  public static final int NFT_MSG_DELSET = 11;
  public static final int NFT_MSG_NEWSETELEM = 12;
  public static final int NFT_MSG_GETSETELEM = 13;
  public static final int NFT_MSG_DELSETELEM = 14;
  public static final int NFT_MSG_NEWGEN = 15;
  public static final int NFT_MSG_GETGEN = 16;
  public static final int NFT_MSG_NEWOBJ = 18;
  public static final int NFT_MSG_GETOBJ = 19;
  public static final int NFT_MSG_DELOBJ = 20;

  public static final int NFTA_GEN_ID = 1;

  public static final int NFTA_TABLE_NAME = 1;

  public static final int NFTA_CHAIN_TABLE = 1;
  public static final int NFTA_CHAIN_NAME = 3;
  public static final int NFTA_CHAIN_HOOK = 4;
  public static final int NFTA_CHAIN_POLICY = 5;
  public static final int NFTA_CHAIN_TYPE = 7;
  public static final int NFTA_HOOK_HOOKNUM = 1;
  public static final int NFTA_HOOK_PRIORITY = 2;
  public static final int NF_INET_PRE_ROUTING = 0;
  public static final int NF_INET_LOCAL_IN = 1;
  public static final int NF_INET_LOCAL_OUT = 3;
  public static final int NF_INET_POST_ROUTING = 4;

  public static final int NFTA_SET_TABLE = 1;
  public static final int NFTA_SET_NAME = 2;
  public static final int NFTA_SET_FLAGS = 3;
  public static final int NFTA_SET_KEY_TYPE = 4;
  public static final int NFTA_SET_KEY_LEN = 5;
  public static final int NFTA_SET_DATA_TYPE = 6;
  public static final int NFTA_SET_DATA_LEN = 7;
  public static final int NFTA_SET_DESC = 9;
  public static final int NFTA_SET_ID = 10;
  public static final int NFTA_SET_TIMEOUT = 11;
  public static final int NFTA_SET_USERDATA = 13;
  public static final int NFTA_SET_EXPR = 17;
  public static final int NFTA_SET_DESC_SIZE = 1;
  public static final int NFT_SET_ANONYMOUS = 0x1;
  public static final int NFT_SET_CONSTANT = 0x2;
  public static final int NFT_SET_MAP = 0x8;
  public static final int NFT_SET_TIMEOUT = 0x10;
  public static final int NFT_SET_EVAL = 0x20;
  public static final long NFT_DATA_VERDICT = 0xFFFF_FF00L;

  public static final int NFTA_SET_ELEM_LIST_TABLE = 1;
  public static final int NFTA_SET_ELEM_LIST_SET = 2;
  public static final int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
  public static final int NFTA_SET_ELEM_LIST_SET_ID = 4;
  public static final int NFTA_SET_ELEM_KEY = 1;
  public static final int NFTA_SET_ELEM_DATA = 2;
  public static final int NFTA_SET_ELEM_EXPR = 7;
  public static final int NFTA_LIST_ELEM = 1;
  public static final int NFTA_DATA_VALUE = 1;
  public static final int NFTA_DATA_VERDICT = 2;
  public static final int NFTA_VERDICT_CODE = 1;
  public static final int NFTA_VERDICT_CHAIN = 2;
  public static final int NF_DROP = 0;
  public static final int NF_ACCEPT = 1;
  public static final int NFT_JUMP = -3;
  public static final int NFT_GOTO = -4;
  public static final int NFT_RETURN = -5;

  public static final int NFTA_RULE_TABLE = 1;
  public static final int NFTA_RULE_CHAIN = 2;
  public static final int NFTA_RULE_EXPRESSIONS = 4;
  public static final int NFTA_RULE_USERDATA = 7;
  public static final int NFTNL_UDATA_RULE_COMMENT = 0;
  public static final int NFTA_EXPR_NAME = 1;
  public static final int NFTA_EXPR_DATA = 2;

  public static final int NFTA_OBJ_TABLE = 1;
  public static final int NFTA_OBJ_NAME = 2;
  public static final int NFTA_OBJ_TYPE = 3;
  public static final int NFTA_OBJ_DATA = 4;
  public static final int NFT_OBJECT_COUNTER = 1;
  public static final int NFTA_COUNTER_BYTES = 1;
  public static final int NFTA_COUNTER_PACKETS = 2;

  /** Registers of 16 bytes; a value longer than that goes on in the next one. */
  public static final int NFT_REG_VERDICT = 0;

  public static final int NFT_REG_1 = 1;
  public static final int NFT_REG_2 = 2;

  /** The first four bytes of the first register; the next number is the next four bytes. */
  public static final int NFT_REG32_00 = 8;

  public static final int NFTA_PAYLOAD_DREG = 1;
  public static final int NFTA_PAYLOAD_BASE = 2;
  public static final int NFTA_PAYLOAD_OFFSET = 3;
  public static final int NFTA_PAYLOAD_LEN = 4;
  public static final int NFT_PAYLOAD_NETWORK_HEADER = 1;
  public static final int NFT_PAYLOAD_TRANSPORT_HEADER = 2;

  public static final int NFTA_CMP_SREG = 1;
  public static final int NFTA_CMP_OP = 2;
  public static final int NFTA_CMP_DATA = 3;
  public static final int NFT_CMP_EQ = 0;
  public static final int NFT_CMP_NEQ = 1;
  public static final int NFT_CMP_LTE = 3;
  public static final int NFT_CMP_GTE = 5;

  public static final int NFTA_BITWISE_SREG = 1;
  public static final int NFTA_BITWISE_DREG = 2;
  public static final int NFTA_BITWISE_LEN = 3;
  public static final int NFTA_BITWISE_MASK = 4;
  public static final int NFTA_BITWISE_XOR = 5;
  public static final int NFTA_BITWISE_OP = 6;

  public static final int NFTA_LOOKUP_SET = 1;
  public static final int NFTA_LOOKUP_SREG = 2;
  public static final int NFTA_LOOKUP_DREG = 3;
  public static final int NFTA_LOOKUP_SET_ID = 4;
  public static final int NFTA_LOOKUP_FLAGS = 5;

  public static final int NFTA_DYNSET_SET_NAME = 1;
  public static final int NFTA_DYNSET_OP = 3;
  public static final int NFTA_DYNSET_SREG_KEY = 4;
  public static final int NFTA_DYNSET_SREG_DATA = 5;
  public static final int NFTA_DYNSET_FLAGS = 9;
  public static final int NFT_DYNSET_OP_UPDATE = 1;

  public static final int NFTA_META_DREG = 1;
  public static final int NFTA_META_KEY = 2;
  public static final int NFT_META_MARK = 3;
  public static final int NFT_META_IIF = 4;
  public static final int NFT_META_OIF = 5;
  public static final int NFT_META_NFPROTO = 15;
  public static final int NFT_META_L4PROTO = 16;
  public static final int NFT_META_PKTTYPE = 19;

  public static final int NFTA_CT_DREG = 1;
  public static final int NFTA_CT_KEY = 2;
  public static final int NFTA_CT_DIRECTION = 3;
  public static final int NFTA_CT_SREG = 4;
  public static final int NFT_CT_DIRECTION = 1;
  public static final int NFT_CT_STATUS = 2;
  public static final int NFT_CT_MARK = 3;
  public static final int NFT_CT_PROTO_SRC = 11;
  public static final int NFT_CT_PROTO_DST = 12;
  public static final int NFT_CT_SRC_IP = 19;
  public static final int NFT_CT_DST_IP = 20;
  public static final int NFT_CT_SRC_IP6 = 21;
  public static final int NFT_CT_DST_IP6 = 22;
  public static final int IP_CT_DIR_ORIGINAL = 0;
  public static final int IP_CT_DIR_REPLY = 1;
  public static final int IPS_DST_NAT = 0x20;

  public static final int NFTA_FIB_DREG = 1;
  public static final int NFTA_FIB_RESULT = 2;
  public static final int NFTA_FIB_FLAGS = 3;
  public static final int NFT_FIB_RESULT_ADDRTYPE = 3;
  public static final int NFTA_FIB_F_DADDR = 0x2;

  public static final int NFTA_IMMEDIATE_DREG = 1;
  public static final int NFTA_IMMEDIATE_DATA = 2;

  public static final int NFTA_OBJREF_IMM_TYPE = 1;
  public static final int NFTA_OBJREF_IMM_NAME = 2;

  public static final int NFTA_NG_DREG = 1;
  public static final int NFTA_NG_MODULUS = 2;
  public static final int NFTA_NG_TYPE = 3;
  public static final int NFTA_NG_OFFSET = 4;
  public static final int NFT_NG_INCREMENTAL = 0;

  public static final int NFTA_HASH_SREG = 1;
  public static final int NFTA_HASH_DREG = 2;
  public static final int NFTA_HASH_LEN = 3;
  public static final int NFTA_HASH_MODULUS = 4;
  public static final int NFTA_HASH_SEED = 5;
  public static final int NFTA_HASH_OFFSET = 6;
  public static final int NFTA_HASH_TYPE = 7;
  public static final int NFT_HASH_JENKINS = 0;

  public static final int NFTA_NAT_TYPE = 1;
  public static final int NFTA_NAT_FAMILY = 2;
  public static final int NFTA_NAT_REG_ADDR_MIN = 3;
  public static final int NFTA_NAT_REG_PROTO_MIN = 5;
  public static final int NFT_NAT_DNAT = 1;

  public static final int NFTA_REJECT_TYPE = 1;
  public static final int NFTA_REJECT_ICMP_CODE = 2;
  public static final int NFT_REJECT_ICMPX_UNREACH = 2;
  public static final int NFT_REJECT_ICMPX_PORT_UNREACH = 1;

  public static final int NFTA_DUP_SREG_ADDR = 1;
  public static final int NFTA_DUP_SREG_DEV = 2;

  private NfTables() {}
}
