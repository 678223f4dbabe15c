package io.keepstream.election.edge;

import io.keepstream.election.config.BfdConfig.Ends;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.netty.channel.IoEventLoop;
import java.util.HashMap;
import java.util.Map;

/** The listening sockets in use, opened by the first user of each and closed by the last. */
final class BfdReceivers {
  private record Key(boolean ipv6, boolean multihop) {
    static Key of(Ends ends) {
      return new Key(ends.ipv6(), ends.multihop());
    }
  }

  private final Libc libc;
  private final IoEventLoop loop;
  private final Map<Key, BfdReceiver> open = new HashMap<>();

  BfdReceivers(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
  }

  /** The socket on which packets between {@code ends} arrive, delivering them. */
  BfdReceiver acquire(Ends ends, BfdReceiver.Listener listener) throws ErrnoException {
    BfdReceiver receiver = open.get(Key.of(ends));
    if (receiver == null) {
      receiver = BfdReceiver.open(libc, loop, ends);
      open.put(Key.of(ends), receiver);
    }
    receiver.attach(ends, listener);
    return receiver;
  }

  /** Gives up what {@link #acquire} gave. */
  void release(Ends ends) {
    BfdReceiver receiver = open.get(Key.of(ends));
    if (receiver != null) {
      receiver.detach(ends);
      if (receiver.unused()) {
        open.remove(Key.of(ends));
        receiver.close();
      }
    }
  }
}
