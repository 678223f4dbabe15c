package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Netfilter's netlink as far as the table of nftables needs it. */
interface NftablesLink extends AutoCloseable {

  /** Does all of {@code changes} or none; answers for the first that was refused, else Done. */
  Ack commit(List<NetlinkMessage> changes) throws ErrnoException;

  /** Does each of {@code changes}, of conntrack's connections, by itself. */
  List<Ack> change(List<NetlinkMessage> changes) throws ErrnoException;

  /** The generation of all tables, which grows with every change of any. */
  long generation() throws ErrnoException;

  /** Reads chains, rules, sets, elements, counters, or conntrack's connections. */
  <T> List<T> dump(NetlinkMessage question, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException;

  @Override
  void close();
}
