package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkReader;

/** What the kernel answered to one request. */
public sealed interface Ack {
  /** It was done. */
  record Done() implements Ack {}

  /**
   * It was not done.
   *
   * @param errno the positive error number
   * @param text what the kernel says beyond the number, or empty
   */
  record Refused(int errno, String text) implements Ack {}

  /**
   * There was no answer, so it may or may not have been done.
   *
   * @param errno why: ENOBUFS if the answer was dropped, ETIMEDOUT, or the error of the send
   */
  record Lost(int errno) implements Ack {}

  /** The error number of whatever went wrong, 0 for {@link Done}. */
  default int errno() {
    return switch (this) {
      case Done _ -> 0;
      case Refused refused -> refused.errno();
      case Lost lost -> lost.errno();
    };
  }

  /** Reads an NLMSG_ERROR or NLMSG_DONE. */
  static Ack read(NetlinkReader message) {
    if (message.bodyLength() < Integer.BYTES) {
      return new Refused(Errno.EBADMSG, "an answer without error number");
    }
    int errno = -message.int32(0);
    return errno == 0 ? new Done() : new Refused(errno, text(message));
  }

  private static String text(NetlinkReader message) {
    if ((message.flags() & Netlink.NLM_F_ACK_TLVS) == 0) {
      return "";
    }
    AttributeReader attributes = message.attributes(Integer.BYTES + requestLength(message));
    while (attributes.next()) {
      if (attributes.type() == Netlink.NLMSGERR_ATTR_MSG) {
        return attributes.string();
      }
    }
    return "";
  }

  /** How much of the request the answer repeats, between the error number and the attributes. */
  private static long requestLength(NetlinkReader message) {
    if (message.type() == Netlink.NLMSG_DONE) {
      return 0;
    }
    boolean capped = (message.flags() & Netlink.NLM_F_CAPPED) != 0;
    long length = Integer.toUnsignedLong(message.int32(Integer.BYTES));
    return capped ? Netlink.NLMSG_HDRLEN : Bytes.align(length, Integer.BYTES);
  }
}
