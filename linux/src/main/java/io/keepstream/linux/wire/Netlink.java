package io.keepstream.linux.wire;

/** Constants of netlink(7), {@code linux/netlink.h}. */
public final class Netlink {
  public static final int NETLINK_ROUTE = 0;
  public static final int NETLINK_CONNECTOR = 11;
  public static final int NETLINK_GENERIC = 16;

  public static final int NLM_F_REQUEST = 0x1;
  public static final int NLM_F_MULTI = 0x2;
  public static final int NLM_F_ACK = 0x4;
  public static final int NLM_F_ECHO = 0x8;
  public static final int NLM_F_DUMP_INTR = 0x10;
  public static final int NLM_F_REPLACE = 0x100;
  public static final int NLM_F_DUMP = 0x300;
  public static final int NLM_F_EXCL = 0x200;
  public static final int NLM_F_CREATE = 0x400;
  public static final int NLM_F_APPEND = 0x800;

  /** In an answer: the request was not copied into it. */
  public static final int NLM_F_CAPPED = 0x100;

  /** In an answer: attributes of the NLMSGERR_ATTR family follow. */
  public static final int NLM_F_ACK_TLVS = 0x200;

  public static final int NLMSG_NOOP = 1;
  public static final int NLMSG_ERROR = 2;
  public static final int NLMSG_DONE = 3;
  public static final int NLMSG_OVERRUN = 4;

  public static final int NLMSGERR_ATTR_MSG = 1;

  public static final int NLMSG_HDRLEN = 16;
  public static final int NLA_HDRLEN = 4;
  public static final int NLA_F_NESTED = 0x8000;
  public static final int NLA_TYPE_MASK = 0x3FFF;

  /** Messages and attributes begin at multiples of four bytes. */
  static final int ALIGN_TO = 4;

  static final int LEN = 0;
  static final int TYPE = 4;
  static final int FLAGS = 6;
  static final int SEQ = 8;
  static final int PID = 12;

  private Netlink() {}
}
