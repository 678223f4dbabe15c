package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.Genetlink;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.Optional;

/** Generic netlink: finds families and talks to them through {@link #socket}. */
public final class GenericNetlink implements AutoCloseable {
  private final NetlinkSocket socket;

  private GenericNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static GenericNetlink open(Libc libc) throws ErrnoException {
    return open(libc, NetlinkSocket.DEFAULT_RECEIVE_BUFFER_BYTES);
  }

  /** As {@link #open(Libc)} with a receive buffer of another size. */
  public static GenericNetlink open(Libc libc, int receiveBufferBytes) throws ErrnoException {
    return new GenericNetlink(
        NetlinkSocket.open(libc, Netlink.NETLINK_GENERIC, receiveBufferBytes));
  }

  public NetlinkSocket socket() {
    return socket;
  }

  /** The family of that name; empty if the kernel has none, as when its module is not loaded. */
  public Optional<GenericFamily> family(String name) throws ErrnoException {
    NetlinkMessage question =
        Genetlink.command(
            Genetlink.GENL_ID_CTRL,
            Genetlink.CTRL_CMD_GETFAMILY,
            1,
            0,
            writer -> writer.attrString(Genetlink.CTRL_ATTR_FAMILY_NAME, name));
    try {
      return socket.get(question, GenericNetlink::decodeFamily).stream().findFirst();
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static Optional<GenericFamily> decodeFamily(NetlinkReader message) {
    String name = "";
    int id = 0;
    int version = 0;
    AttributeReader attributes = message.attributes(Genetlink.GENL_HDRLEN);
    while (attributes.next()) {
      switch (attributes.type()) {
        case Genetlink.CTRL_ATTR_FAMILY_NAME -> name = attributes.string();
        case Genetlink.CTRL_ATTR_FAMILY_ID -> id = attributes.u16();
        case Genetlink.CTRL_ATTR_VERSION -> version = attributes.int32();
        default -> {}
      }
    }
    boolean whole = attributes.error().isEmpty() && id != 0;
    return whole ? Optional.of(new GenericFamily(name, id, version)) : Optional.empty();
  }

  @Override
  public void close() {
    socket.close();
  }
}
