package io.keepstream.linux.wire;

/** Constants of rtnetlink(7) for routes and policy rules. */
public final class RouteConstants {
  public static final int RTM_NEWROUTE = 24;
  public static final int RTM_DELROUTE = 25;
  public static final int RTM_GETROUTE = 26;
  public static final int RTM_NEWRULE = 32;
  public static final int RTM_DELRULE = 33;
  public static final int RTM_GETRULE = 34;

  public static final int RTNLGRP_IPV4_ROUTE = 7;
  public static final int RTNLGRP_IPV4_RULE = 8;
  public static final int RTNLGRP_IPV6_ROUTE = 11;
  public static final int RTNLGRP_IPV6_RULE = 19;

  /** Length of {@code struct rtmsg}. */
  public static final int RTMSG_LENGTH = 12;

  /** Length of {@code struct rtnexthop}. */
  public static final int RTNEXTHOP_LENGTH = 8;

  public static final int RTN_UNICAST = 1;
  public static final int RTN_LOCAL = 2;
  public static final int RTN_BROADCAST = 3;
  public static final int RTN_ANYCAST = 4;
  public static final int RTN_MULTICAST = 5;
  public static final int RTN_BLACKHOLE = 6;
  public static final int RTN_UNREACHABLE = 7;
  public static final int RTN_PROHIBIT = 8;
  public static final int RTN_THROW = 9;

  public static final int RTPROT_KEEPALIVED = 18;

  public static final int RT_TABLE_DEFAULT = 253;
  public static final int RT_TABLE_MAIN = 254;
  public static final int RT_TABLE_LOCAL = 255;

  /** The route is a cached copy of another. */
  public static final int RTM_F_CLONED = 0x200;

  public static final int RTNH_F_ONLINK = 4;

  public static final int RTA_DST = 1;
  public static final int RTA_SRC = 2;
  public static final int RTA_OIF = 4;
  public static final int RTA_GATEWAY = 5;
  public static final int RTA_PRIORITY = 6;
  public static final int RTA_PREFSRC = 7;
  public static final int RTA_METRICS = 8;
  public static final int RTA_MULTIPATH = 9;
  public static final int RTA_TABLE = 15;
  public static final int RTA_VIA = 18;

  public static final int RTAX_LOCK = 1;
  public static final int RTAX_MTU = 2;
  public static final int RTAX_WINDOW = 3;
  public static final int RTAX_RTT = 4;
  public static final int RTAX_RTTVAR = 5;
  public static final int RTAX_SSTHRESH = 6;
  public static final int RTAX_CWND = 7;
  public static final int RTAX_ADVMSS = 8;
  public static final int RTAX_REORDERING = 9;
  public static final int RTAX_HOPLIMIT = 10;
  public static final int RTAX_INITCWND = 11;
  public static final int RTAX_FEATURES = 12;
  public static final int RTAX_RTO_MIN = 13;
  public static final int RTAX_INITRWND = 14;
  public static final int RTAX_QUICKACK = 15;
  public static final int RTAX_FASTOPEN_NO_COOKIE = 17;

  /** In {@link #RTAX_FEATURES}: explicit congestion notification. */
  public static final int RTAX_FEATURE_ECN = 1;

  /** Length of {@code struct fib_rule_hdr}. */
  public static final int FIB_RULE_HDR_LENGTH = 12;

  public static final int FR_ACT_TO_TBL = 1;
  public static final int FR_ACT_GOTO = 2;
  public static final int FR_ACT_NOP = 3;
  public static final int FR_ACT_BLACKHOLE = 6;
  public static final int FR_ACT_UNREACHABLE = 7;
  public static final int FR_ACT_PROHIBIT = 8;

  public static final int FIB_RULE_INVERT = 2;

  public static final int FRA_DST = 1;
  public static final int FRA_SRC = 2;
  public static final int FRA_IIFNAME = 3;
  public static final int FRA_GOTO = 4;
  public static final int FRA_PRIORITY = 6;
  public static final int FRA_FWMARK = 10;
  public static final int FRA_FLOW = 11;
  public static final int FRA_TUN_ID = 12;
  public static final int FRA_SUPPRESS_IFGROUP = 13;
  public static final int FRA_SUPPRESS_PREFIXLEN = 14;
  public static final int FRA_TABLE = 15;
  public static final int FRA_FWMASK = 16;
  public static final int FRA_OIFNAME = 17;
  public static final int FRA_L3MDEV = 19;
  public static final int FRA_UID_RANGE = 20;
  public static final int FRA_PROTOCOL = 21;
  public static final int FRA_IP_PROTO = 22;
  public static final int FRA_SPORT_RANGE = 23;
  public static final int FRA_DPORT_RANGE = 24;

  private RouteConstants() {}
}
