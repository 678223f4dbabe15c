package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.MacAddress;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.RtNetlink;
import java.util.Optional;

/** Link messages of rtnetlink(7) to and from bytes. */
final class LinkMessages {
  private static final int IFI_FAMILY = 0;
  private static final int IFI_TYPE = 2;
  private static final int IFI_INDEX = 4;
  private static final int IFI_FLAGS = 8;

  private LinkMessages() {}

  static NetlinkMessage dump() {
    return new NetlinkMessage(
        RtNetlink.RTM_GETLINK,
        0,
        writer -> {
          writer.putBytes(new byte[RtNetlink.IFINFOMSG_LENGTH]);
          writer.attrU32(RtNetlink.IFLA_EXT_MASK, RtNetlink.RTEXT_FILTER_SKIP_STATS);
        });
  }

  /**
   * Empty for what is not about a link as such: bridges tell of their ports by link messages of
   * their own family, where RTM_DELLINK only means that a port was taken off the bridge.
   */
  static Optional<Link> decode(NetlinkReader message) {
    boolean link =
        message.type() == RtNetlink.RTM_NEWLINK || message.type() == RtNetlink.RTM_DELLINK;
    if (!link || message.u8(IFI_FAMILY) != 0) {
      return Optional.empty();
    }
    Decoding decoding = new Decoding();
    AttributeReader attributes = message.attributes(RtNetlink.IFINFOMSG_LENGTH);
    while (attributes.next()) {
      decoding.take(attributes);
    }
    boolean whole = attributes.error().isEmpty() && !decoding.name.isEmpty();
    return whole ? Optional.of(decoding.link(message)) : Optional.empty();
  }

  private static final class Decoding {
    private String name = "";
    private String kind = "";
    private MacAddress mac = MacAddress.ZERO;
    private int mtu;
    private int operState = RtNetlink.IF_OPER_UNKNOWN;
    private int lowerIndex;
    private int masterIndex;

    void take(AttributeReader attribute) {
      switch (attribute.type()) {
        case RtNetlink.IFLA_IFNAME -> name = attribute.string();
        case RtNetlink.IFLA_LINKINFO -> kind = kind(attribute.nested());
        case RtNetlink.IFLA_ADDRESS -> mac = attribute.mac();
        case RtNetlink.IFLA_MTU -> mtu = attribute.int32();
        case RtNetlink.IFLA_OPERSTATE -> operState = attribute.u8();
        case RtNetlink.IFLA_LINK -> lowerIndex = attribute.int32();
        case RtNetlink.IFLA_MASTER -> masterIndex = attribute.int32();
        default -> {}
      }
    }

    Link link(NetlinkReader message) {
      return new Link(
          message.int32(IFI_INDEX),
          name,
          kind,
          message.u16(IFI_TYPE),
          mac,
          message.int32(IFI_FLAGS),
          mtu,
          operState,
          lowerIndex,
          masterIndex);
    }
  }

  private static String kind(AttributeReader info) {
    String kind = "";
    while (info.next()) {
      if (info.type() == RtNetlink.IFLA_INFO_KIND) {
        kind = info.string();
      }
    }
    return kind;
  }
}
