package io.keepstream.linux.wire;

/** Constants of rtnetlink(7) for links and addresses. */
public final class RtNetlink {
  public static final int RTM_NEWLINK = 16;
  public static final int RTM_DELLINK = 17;
  public static final int RTM_GETLINK = 18;
  public static final int RTM_NEWADDR = 20;
  public static final int RTM_DELADDR = 21;
  public static final int RTM_GETADDR = 22;

  public static final int RTNLGRP_LINK = 1;
  public static final int RTNLGRP_IPV4_IFADDR = 5;
  public static final int RTNLGRP_IPV6_IFADDR = 9;

  /** Length of {@code struct ifinfomsg}. */
  public static final int IFINFOMSG_LENGTH = 16;

  public static final int IFLA_ADDRESS = 1;
  public static final int IFLA_IFNAME = 3;
  public static final int IFLA_MTU = 4;
  public static final int IFLA_LINK = 5;
  public static final int IFLA_MASTER = 10;
  public static final int IFLA_OPERSTATE = 16;
  public static final int IFLA_LINKINFO = 18;
  public static final int IFLA_AF_SPEC = 26;
  public static final int IFLA_GROUP = 27;
  public static final int IFLA_EXT_MASK = 29;
  public static final int IFLA_INFO_KIND = 1;
  public static final int IFLA_INFO_DATA = 2;
  public static final int IFLA_MACVLAN_MODE = 1;
  public static final int MACVLAN_MODE_PRIVATE = 1;
  public static final int IFLA_INET_CONF = 1;
  public static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  public static final int IN6_ADDR_GEN_MODE_NONE = 1;
  public static final String KIND_MACVLAN = "macvlan";

  public static final int IPV4_DEVCONF_RP_FILTER = 8;
  public static final int IPV4_DEVCONF_ARP_FILTER = 13;
  public static final int IPV4_DEVCONF_ARP_ANNOUNCE = 18;
  public static final int IPV4_DEVCONF_ARP_IGNORE = 19;
  public static final int IPV4_DEVCONF_PROMOTE_SECONDARIES = 20;
  public static final int IPV4_DEVCONF_ACCEPT_LOCAL = 23;

  public static final int RTEXT_FILTER_SKIP_STATS = 8;

  public static final int IFF_UP = 0x1;
  public static final int IFF_LOOPBACK = 0x8;
  public static final int IFF_RUNNING = 0x40;
  public static final int IFF_NOARP = 0x80;
  public static final int IFF_MULTICAST = 0x1000;

  public static final int IF_OPER_UNKNOWN = 0;
  public static final int IF_OPER_DOWN = 2;
  public static final int IF_OPER_LOWERLAYERDOWN = 3;
  public static final int IF_OPER_DORMANT = 5;
  public static final int IF_OPER_UP = 6;

  /** Length of {@code struct ifaddrmsg}. */
  public static final int IFADDRMSG_LENGTH = 8;

  public static final int IFA_ADDRESS = 1;
  public static final int IFA_LOCAL = 2;
  public static final int IFA_LABEL = 3;
  public static final int IFA_BROADCAST = 4;
  public static final int IFA_CACHEINFO = 6;
  public static final int IFA_FLAGS = 8;
  public static final int IFA_PROTO = 11;

  public static final int IFA_F_SECONDARY = 0x1;
  public static final int IFA_F_NODAD = 0x2;
  public static final int IFA_F_DADFAILED = 0x8;
  public static final int IFA_F_HOMEADDRESS = 0x10;
  public static final int IFA_F_DEPRECATED = 0x20;
  public static final int IFA_F_TENTATIVE = 0x40;
  public static final int IFA_F_PERMANENT = 0x80;
  public static final int IFA_F_MANAGETEMPADDR = 0x100;
  public static final int IFA_F_NOPREFIXROUTE = 0x200;
  public static final int IFA_F_MCAUTOJOIN = 0x400;

  public static final int RT_SCOPE_UNIVERSE = 0;
  public static final int RT_SCOPE_SITE = 200;
  public static final int RT_SCOPE_LINK = 253;
  public static final int RT_SCOPE_HOST = 254;

  private RtNetlink() {}
}
