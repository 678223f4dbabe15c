package io.keepstream.linux.wire;

/** Constants of conntrack over netlink, {@code linux/netfilter/nfnetlink_conntrack.h}. */
public final class Conntrack {
  public static final int NFNL_SUBSYS_CTNETLINK = 1;
  public static final int IPCTNL_MSG_CT_NEW = 0;
  public static final int IPCTNL_MSG_CT_GET = 1;
  public static final int IPCTNL_MSG_CT_DELETE = 2;

  public static final int CTA_TUPLE_ORIG = 1;
  public static final int CTA_TUPLE_REPLY = 2;
  public static final int CTA_STATUS = 3;
  public static final int CTA_PROTOINFO = 4;
  public static final int CTA_MARK = 8;
  public static final int CTA_STATUS_MASK = 26;

  public static final int CTA_TUPLE_IP = 1;
  public static final int CTA_TUPLE_PROTO = 2;
  public static final int CTA_IP_V4_SRC = 1;
  public static final int CTA_IP_V4_DST = 2;
  public static final int CTA_IP_V6_SRC = 3;
  public static final int CTA_IP_V6_DST = 4;
  public static final int CTA_PROTO_NUM = 1;
  public static final int CTA_PROTO_SRC_PORT = 2;
  public static final int CTA_PROTO_DST_PORT = 3;

  public static final int CTA_PROTOINFO_TCP = 1;
  public static final int CTA_PROTOINFO_SCTP = 3;
  public static final int CTA_PROTOINFO_STATE = 1;
  public static final int TCP_CONNTRACK_ESTABLISHED = 3;
  public static final int SCTP_CONNTRACK_ESTABLISHED = 4;

  private Conntrack() {}
}
