package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Generic netlink as far as the IPVS table needs it. */
interface IpvsLink extends AutoCloseable {

  /** The number of the IPVS family; empty if the kernel has none. */
  OptionalInt family() throws ErrnoException;

  /** Has the kernel do many things in order; one answer each. */
  List<Ack> transact(List<NetlinkMessage> requests) throws ErrnoException;

  /** Reads one of the kernel's tables. */
  <T> List<T> dump(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException;

  /** Asks for something that is no table. */
  <T> List<T> get(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException;

  @Override
  void close();
}
