package io.keepstream.election.vrrp;

import static io.keepstream.election.vrrp.RejectReason.ADDRESS_LIST;
import static io.keepstream.election.vrrp.RejectReason.ADVERT_INTERVAL;
import static io.keepstream.election.vrrp.RejectReason.AUTH_FAILURE;
import static io.keepstream.election.vrrp.RejectReason.AUTH_TYPE_MISMATCH;
import static io.keepstream.election.vrrp.RejectReason.CHECKSUM;
import static io.keepstream.election.vrrp.RejectReason.INVALID_AUTH_TYPE;
import static io.keepstream.election.vrrp.RejectReason.INVALID_TYPE;
import static io.keepstream.election.vrrp.RejectReason.IP_TTL;
import static io.keepstream.election.vrrp.RejectReason.PACKET_LENGTH;
import static io.keepstream.election.vrrp.RejectReason.VERSION;
import static io.keepstream.election.vrrp.RejectReason.VRID;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.InternetChecksum;
import io.keepstream.linux.wire.IpAddresses;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Advertisements to bytes and back. The layout of both versions:
 *
 * <pre>
 *   0  version (4 bits), type (4 bits): type is always 1, ADVERTISEMENT
 *   1  virtual router id
 *   2  priority
 *   3  count of addresses
 *   4  version 2: authentication type; version 3: 4 reserved bits, interval's upper 4 bits
 *   5  version 2: interval in seconds; version 3: interval's lower 8 bits, in centiseconds
 *   6  checksum (2)
 *   8  addresses, 4 or 16 bytes each; version 2 over IPv4 ends with 8 bytes of authentication data
 * </pre>
 */
public final class AdvertisementCodec {
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_AT = 6;
  private static final int TYPE_ADVERTISEMENT = 1;
  private static final int CENTIS_PER_SECOND = 100;

  private AdvertisementCodec() {}

  /**
   * Writes {@code advertisement} at the start of {@code out}.
   *
   * @return the message's length in bytes
   */
  public static int encode(
      Advertisement advertisement,
      Authentication authentication,
      ChecksumForm form,
      Route route,
      MemorySegment out) {
    boolean version2 = advertisement.version() == 2;
    Bytes.putU8(out, 0, advertisement.version() << 4 | TYPE_ADVERTISEMENT);
    Bytes.putU8(out, 1, advertisement.vrid());
    Bytes.putU8(out, 2, advertisement.priority());
    Bytes.putU8(out, 3, advertisement.addresses().size());
    Bytes.putU8(
        out, 4, version2 ? authentication.type() : advertisement.intervalCentis() >>> 8 & 0x0F);
    Bytes.putU8(
        out,
        5,
        version2
            ? advertisement.intervalCentis() / CENTIS_PER_SECOND
            : advertisement.intervalCentis() & 0xFF);
    int length = HEADER_BYTES;
    for (InetAddress address : advertisement.addresses()) {
      length += IpAddresses.write(address, out, length);
    }
    if (version2 && route.source() instanceof Inet4Address) {
      out.set(Bytes.NET_LONG, length, authentication.data());
      length += Authentication.DATA_BYTES;
    }
    Bytes.putNetU16(out, CHECKSUM_AT, 0);
    Bytes.putNetU16(out, CHECKSUM_AT, checksum(form, route, out.asSlice(0, length)));
    return length;
  }

  /**
   * Reads a packet as {@code receiver} must, in the order of checks of RFC 9568 section 7.1; the
   * version comes before the length, since the length depends on it.
   *
   * @param protection of the same virtual router; it remembers what it lets through
   */
  public static Decoded decode(Receiver receiver, Protection protection, Packet packet) {
    RejectReason reason = refuseFrame(receiver, protection, packet);
    if (reason != null) {
      return new Decoded.Rejected(reason);
    }
    int length = length(packet);
    Packet advert = packet.cutTo(length);
    reason = refuse(receiver, protection, advert, packet.message().asSlice(length));
    return reason == null ? verify(receiver, advert) : new Decoded.Rejected(reason);
  }

  private static RejectReason refuseFrame(Receiver receiver, Protection protection, Packet packet) {
    MemorySegment message = packet.message();
    if (message.byteSize() < HEADER_BYTES) {
      return PACKET_LENGTH;
    }
    if (Bytes.u8(message, 1) != receiver.vrid()) {
      return VRID;
    }
    if (Bytes.u8(message, 0) >>> 4 != receiver.version()) {
      return VERSION;
    }
    boolean headed = protection.protocol() == Vrrp.AUTHENTICATION_HEADER;
    if (headed != (packet.covered() != null)) {
      return AUTH_TYPE_MISMATCH;
    }
    long excess = message.byteSize() - length(packet);
    return excess == 0 || excess == protection.trailerBytes() ? null : PACKET_LENGTH;
  }

  private static RejectReason refuse(
      Receiver receiver, Protection protection, Packet packet, MemorySegment trailer) {
    MemorySegment message = packet.message();
    if (packet.destination().isMulticastAddress() && packet.hopLimit() != Vrrp.HOP_LIMIT) {
      return IP_TTL;
    }
    RejectReason reason = protection.refuseTrailer(packet, trailer);
    if (reason == null && receiver.version() == 2) {
      reason = refuseVersion2(receiver, protection, packet);
    }
    if (reason != null) {
      return reason;
    }
    if ((Bytes.u8(message, 0) & 0x0F) != TYPE_ADVERTISEMENT) {
      return INVALID_TYPE;
    }
    return receiver.version() == 3 && interval(message) == 0 ? ADVERT_INTERVAL : null;
  }

  private static RejectReason refuseVersion2(
      Receiver receiver, Protection protection, Packet packet) {
    MemorySegment message = packet.message();
    int type = Bytes.u8(message, 4);
    if (type > 2) {
      return INVALID_AUTH_TYPE;
    }
    if (type != receiver.authentication().type()) {
      return AUTH_TYPE_MISMATCH;
    }
    long data = message.get(Bytes.NET_LONG, message.byteSize() - Authentication.DATA_BYTES);
    if (receiver.authentication() instanceof Authentication.Password password
        && password.data() != data) {
      return AUTH_FAILURE;
    }
    RejectReason reason = protection.refuseHeader(packet);
    if (reason != null) {
      return reason;
    }
    return interval(message) == receiver.intervalCentis() ? null : ADVERT_INTERVAL;
  }

  private static Decoded verify(Receiver receiver, Packet packet) {
    Route route = new Route(packet.source(), packet.destination());
    for (ChecksumForm form : receiver.forms()) {
      if (checksum(form, route, packet.message()) == 0) {
        return accept(receiver, packet, form);
      }
    }
    return new Decoded.Rejected(CHECKSUM);
  }

  private static Decoded accept(Receiver receiver, Packet packet, ChecksumForm form) {
    MemorySegment message = packet.message();
    int count = Bytes.u8(message, 3);
    if (count == 0 && (receiver.version() == 3 || !receiver.addresses().isEmpty())) {
      return new Decoded.Rejected(ADDRESS_LIST);
    }
    RejectReason reason = receiver.refuse(packet.source(), packet.hopLimit());
    if (reason != null) {
      return new Decoded.Rejected(reason);
    }
    int size = addressBytes(packet);
    List<InetAddress> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addresses.add(IpAddresses.read(message, HEADER_BYTES + i * size, size));
    }
    Advertisement advertisement =
        new Advertisement(
            receiver.version(),
            Bytes.u8(message, 1),
            Bytes.u8(message, 2),
            interval(message),
            addresses);
    boolean differ =
        !addresses.equals(receiver.addresses())
            && (addresses.size() != receiver.addresses().size()
                || !new HashSet<>(addresses).equals(new HashSet<>(receiver.addresses())));
    return new Decoded.Accepted(advertisement, form, differ);
  }

  /** How long the message is by what it says of itself; its header is there. */
  private static int length(Packet packet) {
    MemorySegment message = packet.message();
    int size = addressBytes(packet);
    boolean authenticated = Bytes.u8(message, 0) >>> 4 == 2 && size == IpAddresses.IPV4_LENGTH;
    int listed = HEADER_BYTES + Bytes.u8(message, 3) * size;
    return authenticated ? listed + Authentication.DATA_BYTES : listed;
  }

  private static int interval(MemorySegment message) {
    return Bytes.u8(message, 0) >>> 4 == 2
        ? Bytes.u8(message, 5) * CENTIS_PER_SECOND
        : (Bytes.u8(message, 4) & 0x0F) << 8 | Bytes.u8(message, 5);
  }

  /** The checksum to write; over a message that holds its checksum, 0 when that is right. */
  static int checksum(ChecksumForm form, Route route, MemorySegment message) {
    long length = message.byteSize();
    long sum = 0;
    if (form != ChecksumForm.MESSAGE_ONLY) {
      InetAddress destination =
          form == ChecksumForm.OLD_UNICAST ? Vrrp.GROUP_4 : route.destination();
      sum = addAddress(addAddress(Vrrp.PROTOCOL + length, route.source()), destination);
    }
    return InternetChecksum.finish(InternetChecksum.add(sum, message, 0, length));
  }

  private static long addAddress(long sum, InetAddress address) {
    MemorySegment bytes = MemorySegment.ofArray(address.getAddress());
    return InternetChecksum.add(sum, bytes, 0, bytes.byteSize());
  }

  private static int addressBytes(Packet packet) {
    return packet.source() instanceof Inet6Address
        ? IpAddresses.IPV6_LENGTH
        : IpAddresses.IPV4_LENGTH;
  }
}
