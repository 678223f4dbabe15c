package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.netlink.NfNetlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A socket to the kernel, opened when it is first needed. */
final class SocketNftablesLink implements NftablesLink {
  private final Libc libc;
  private NfNetlink netlink;

  SocketNftablesLink(Libc libc) {
    this.libc = libc;
  }

  @Override
  public Ack commit(List<NetlinkMessage> changes) throws ErrnoException {
    return netlink().commit(changes).ack();
  }

  @Override
  public List<Ack> change(List<NetlinkMessage> changes) throws ErrnoException {
    return netlink().change(changes);
  }

  @Override
  public long generation() throws ErrnoException {
    return netlink().generation();
  }

  @Override
  public <T> List<T> dump(NetlinkMessage question, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    return netlink().dump(question, decode);
  }

  @Override
  public void close() {
    if (netlink != null) {
      netlink.close();
    }
  }

  private NfNetlink netlink() throws ErrnoException {
    if (netlink == null) {
      netlink = NfNetlink.open(libc);
    }
    return netlink;
  }
}
