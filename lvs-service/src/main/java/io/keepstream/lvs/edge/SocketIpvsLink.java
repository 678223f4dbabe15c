package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.netlink.GenericNetlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A socket to the kernel, opened when it is first needed. */
final class SocketIpvsLink implements IpvsLink {
  private static final String FAMILY = "IPVS";

  private final Libc libc;
  private final int receiveBufferBytes;
  private GenericNetlink netlink;

  SocketIpvsLink(Libc libc, int receiveBufferBytes) {
    this.libc = libc;
    this.receiveBufferBytes = receiveBufferBytes;
  }

  @Override
  public OptionalInt family() throws ErrnoException {
    return netlink()
        .family(FAMILY)
        .map(family -> OptionalInt.of(family.id()))
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public List<Ack> transact(List<NetlinkMessage> requests) throws ErrnoException {
    return netlink().socket().transactAll(requests);
  }

  @Override
  public <T> List<T> dump(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    return netlink().socket().dump(request, decode);
  }

  @Override
  public <T> List<T> get(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    return netlink().socket().get(request, decode);
  }

  @Override
  public void close() {
    if (netlink != null) {
      netlink.close();
    }
  }

  private GenericNetlink netlink() throws ErrnoException {
    if (netlink == null) {
      netlink = GenericNetlink.open(libc, receiveBufferBytes);
    }
    return netlink;
  }
}
