package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.nft.NfAnswers;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NfTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Packet filter tables of one network namespace, changed by transactions, and the connections that
 * conntrack knows; needs CAP_NET_ADMIN.
 */
public final class NfNetlink implements AutoCloseable {
  /** A transaction is one write, which the send buffer must be able to hold. */
  private static final int SEND_BUFFER_BYTES = 1 << 26;

  /** Room for the refusals of a transaction of thousands. */
  private static final int RECEIVE_BUFFER_BYTES = 1 << 22;

  private final NetlinkSocket socket;

  private NfNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * What became of a transaction.
   *
   * @param ack the answer to the first change that was refused, else {@code Done}
   * @param refused all changes that were refused, by their place
   */
  public record Commit(Ack ack, Map<Integer, Ack> refused) {}

  /** Opens a socket in the calling thread's network namespace. */
  public static NfNetlink open(Libc libc) throws ErrnoException {
    NetlinkSocket socket =
        NetlinkSocket.open(libc, NfTables.NETLINK_NETFILTER, RECEIVE_BUFFER_BYTES);
    socket.sendBuffer(SEND_BUFFER_BYTES);
    return new NfNetlink(socket);
  }

  /** Does all of {@code changes} in their order, or none of them. No packet sees them half done. */
  public Commit commit(List<NetlinkMessage> changes) {
    return socket.transactBatch(
        frame(NfTables.NFNL_MSG_BATCH_BEGIN), changes, frame(NfTables.NFNL_MSG_BATCH_END));
  }

  /** Does each of {@code changes}, of conntrack's connections, by itself. */
  public List<Ack> change(List<NetlinkMessage> changes) {
    return socket.transactAll(changes);
  }

  /** The generation of all tables, which grows with every change of any. */
  public long generation() throws ErrnoException {
    NetlinkMessage question =
        new NetlinkMessage(
            NfTables.NFNL_SUBSYS_NFTABLES << Byte.SIZE | NfTables.NFT_MSG_GETGEN,
            0,
            body -> body.putU8(SocketConstants.AF_UNSPEC).putU8(0).putNetU16(0));
    return socket.get(question, message -> Optional.of(NfAnswers.generation(message))).stream()
        .flatMapToLong(generation -> generation.stream())
        .findFirst()
        .orElse(0);
  }

  /** Reads chains, rules, sets, elements, counters, or conntrack's connections. */
  public <T> List<T> dump(NetlinkMessage question, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    return socket.dump(question, decode);
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
