package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NfTables;
import java.util.List;

/** Packet filter tables of one network namespace, changed by transactions; needs CAP_NET_ADMIN. */
public final class NfNetlink implements AutoCloseable {
  private final NetlinkSocket socket;

  private NfNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NfNetlink open(Libc libc) throws ErrnoException {
    return new NfNetlink(
        NetlinkSocket.open(
            libc, NfTables.NETLINK_NETFILTER, NetlinkSocket.DEFAULT_RECEIVE_BUFFER_BYTES));
  }

  /**
   * Does all of {@code changes} in their order, or none of them. No packet sees them half done.
   *
   * @return the answer to the first change that was refused, else {@code Done}
   * @throws IllegalArgumentException if they do not fit into one write of 64 KiB
   */
  public Ack commit(List<NetlinkMessage> changes) {
    return socket.transactBatch(
        frame(NfTables.NFNL_MSG_BATCH_BEGIN), changes, frame(NfTables.NFNL_MSG_BATCH_END));
  }

  private static NetlinkMessage frame(int type) {
    return new NetlinkMessage(
        type,
        0,
        body ->
            body.putU8(SocketConstants.AF_UNSPEC)
                .putU8(0)
                .putNetU16(NfTables.NFNL_SUBSYS_NFTABLES));
  }

  @Override
  public void close() {
    socket.close();
  }
}
