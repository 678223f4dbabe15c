package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.RtNetlink;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** Address messages of rtnetlink(7) to and from bytes. */
final class AddressMessages {
  private static final int IFA_PREFIXLEN = 1;
  private static final int IFA_FLAGS_U8 = 2;
  private static final int IFA_SCOPE = 3;
  private static final int IFA_INDEX = 4;
  private static final int CACHEINFO_PREFERRED = 0;
  private static final int CACHEINFO_VALID = 4;

  private AddressMessages() {}

  static NetlinkMessage dump() {
    return new NetlinkMessage(
        RtNetlink.RTM_GETADDR, 0, writer -> writer.putBytes(new byte[RtNetlink.IFADDRMSG_LENGTH]));
  }

  /** Refused with EEXIST if the address is there. */
  static NetlinkMessage add(Address address) {
    return set(address, Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
  }

  /** Changes the lifetimes of an address, or adds it if it is not there. */
  static NetlinkMessage renew(Address address) {
    return set(address, Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE);
  }

  private static NetlinkMessage set(Address address, int flags) {
    return new NetlinkMessage(
        RtNetlink.RTM_NEWADDR,
        flags,
        writer -> {
          identify(writer, address);
          address
              .broadcast()
              .ifPresent(broadcast -> writer.attrAddress(RtNetlink.IFA_BROADCAST, broadcast));
          if (!address.label().isEmpty()) {
            writer.attrString(RtNetlink.IFA_LABEL, address.label());
          }
          writer.attrU32(RtNetlink.IFA_FLAGS, address.flags());
          if (Math.min(address.preferredSeconds(), address.validSeconds()) != Address.FOREVER) {
            writer.attr(RtNetlink.IFA_CACHEINFO, info -> lifetimes(info, address));
          }
          writer.attrU8(RtNetlink.IFA_PROTO, address.protocol());
        });
  }

  static NetlinkMessage delete(Address address) {
    return new NetlinkMessage(RtNetlink.RTM_DELADDR, 0, writer -> identify(writer, address));
  }

  private static void identify(NetlinkWriter writer, Address address) {
    Address.Key key = address.key();
    boolean ipv4 = key.address() instanceof Inet4Address;
    writer
        .putU8(ipv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6)
        .putU8(key.prefixLength())
        .putU8(0)
        .putU8(address.scope())
        .putU32(key.interfaceIndex())
        .attrAddress(RtNetlink.IFA_LOCAL, key.address())
        .attrAddress(RtNetlink.IFA_ADDRESS, address.peer().orElse(key.address()));
  }

  private static void lifetimes(NetlinkWriter writer, Address address) {
    writer.putU32(address.preferredSeconds()).putU32(address.validSeconds()).putU32(0).putU32(0);
  }

  static Optional<Address> decode(NetlinkReader message) {
    if (message.type() != RtNetlink.RTM_NEWADDR && message.type() != RtNetlink.RTM_DELADDR) {
      return Optional.empty();
    }
    Decoding decoding = new Decoding();
    decoding.flags = message.u8(IFA_FLAGS_U8);
    AttributeReader attributes = message.attributes(RtNetlink.IFADDRMSG_LENGTH);
    while (attributes.next()) {
      decoding.take(attributes);
    }
    InetAddress own = decoding.local != null ? decoding.local : decoding.address;
    if (attributes.error().isPresent() || own == null) {
      return Optional.empty();
    }
    Optional<InetAddress> peer =
        Optional.ofNullable(decoding.address).filter(address -> !address.equals(own));
    return Optional.of(
        new Address(
            new Address.Key(message.int32(IFA_INDEX), own, message.u8(IFA_PREFIXLEN)),
            message.u8(IFA_SCOPE),
            decoding.flags,
            decoding.label,
            Optional.ofNullable(decoding.broadcast),
            peer,
            decoding.preferredSeconds,
            decoding.validSeconds,
            decoding.protocol));
  }

  private static final class Decoding {
    private InetAddress local;
    private InetAddress address;
    private InetAddress broadcast;
    private String label = "";
    private int flags;
    private long preferredSeconds = Address.FOREVER;
    private long validSeconds = Address.FOREVER;
    private int protocol;

    void take(AttributeReader attribute) {
      switch (attribute.type()) {
        case RtNetlink.IFA_LOCAL -> local = attribute.address();
        case RtNetlink.IFA_ADDRESS -> address = attribute.address();
        case RtNetlink.IFA_BROADCAST -> broadcast = attribute.address();
        case RtNetlink.IFA_LABEL -> label = attribute.string();
        case RtNetlink.IFA_FLAGS -> flags = attribute.int32();
        case RtNetlink.IFA_PROTO -> protocol = attribute.u8();
        case RtNetlink.IFA_CACHEINFO -> {
          preferredSeconds = attribute.u32(CACHEINFO_PREFERRED);
          validSeconds = attribute.u32(CACHEINFO_VALID);
        }
        default -> {}
      }
    }
  }
}
