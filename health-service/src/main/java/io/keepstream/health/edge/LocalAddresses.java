package io.keepstream.health.edge;

import io.keepstream.config.value.AddressRange;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteMonitor;
import io.keepstream.linux.netlink.RouteNetlink;
import io.netty.channel.IoEventLoop;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this host, as the kernel tells them. To be used on its event loop only. */
final class LocalAddresses implements RouteMonitor.Listener, AutoCloseable {
  private static final int MONITOR_BUFFER_BYTES = 1 << 20;

  /** A flood drops news again and again; everything is read a few times a second, no more. */
  private static final long AFTER_OVERRUN_MILLIS = 200;

  private static final long AFTER_TROUBLE_MILLIS = 5000;

  private static final Logger log = LoggerFactory.getLogger(LocalAddresses.class);

  private final IoEventLoop loop;
  private final RouteNetlink netlink;
  private final RouteMonitor monitor;
  private final Runnable changed;
  private final Map<InetAddress, Set<Address.Key>> present = new HashMap<>();
  private boolean news;
  private boolean rereading;
  private boolean closed;

  private LocalAddresses(
      IoEventLoop loop, RouteNetlink netlink, RouteMonitor monitor, Runnable changed) {
    this.loop = loop;
    this.netlink = netlink;
    this.monitor = monitor;
    this.changed = changed;
  }

  /**
   * Knows the addresses from now on.
   *
   * @param changed told after some have come or gone
   */
  static LocalAddresses open(Libc libc, IoEventLoop loop, Runnable changed) throws ErrnoException {
    RouteNetlink netlink = RouteNetlink.open(libc);
    RouteMonitor monitor = null;
    try {
      monitor = RouteMonitor.open(libc, MONITOR_BUFFER_BYTES);
      LocalAddresses addresses = new LocalAddresses(loop, netlink, monitor, changed);
      addresses.read();
      monitor.start(loop, addresses);
      return addresses;
    } catch (ErrnoException e) {
      netlink.close();
      if (monitor != null) {
        monitor.close();
      }
      throw e;
    }
  }

  /** An address of this host that is in one of {@code ranges}. */
  Optional<InetAddress> anyIn(List<AddressRange> ranges) {
    return ranges.stream().flatMap(this::in).findFirst();
  }

  private Stream<InetAddress> in(AddressRange range) {
    return range.first().equals(range.last())
        ? Stream.of(range.first()).filter(present::containsKey)
        : present.keySet().stream().filter(range::contains);
  }

  private void read() throws ErrnoException {
    List<Address> addresses = netlink.addresses();
    present.clear();
    addresses.forEach(this::add);
  }

  private void add(Address address) {
    present.computeIfAbsent(address.key().address(), _ -> new HashSet<>()).add(address.key());
  }

  private void remove(Address address) {
    present.computeIfPresent(
        address.key().address(),
        (_, keys) -> {
          keys.remove(address.key());
          return keys.isEmpty() ? null : keys;
        });
  }

  @Override
  public void onChange(RouteChange change) {
    switch (change) {
      case RouteChange.AddressChanged(var address, _) -> {
        add(address);
        news = true;
      }
      case RouteChange.AddressRemoved(var address, _) -> {
        remove(address);
        news = true;
      }
      case RouteChange.LinkChanged _,
          RouteChange.LinkRemoved _,
          RouteChange.RouteSet _,
          RouteChange.RouteRemoved _,
          RouteChange.RuleAdded _,
          RouteChange.RuleRemoved _ -> {}
    }
  }

  @Override
  public void onSettled() {
    if (news) {
      news = false;
      changed.run();
    }
  }

  @Override
  public void onOverrun() {
    rereadIn(AFTER_OVERRUN_MILLIS);
  }

  @Override
  public void onError(Throwable cause) {
    log.error("the addresses of this host could not be followed", cause);
    rereadIn(AFTER_TROUBLE_MILLIS);
  }

  private void rereadIn(long millis) {
    if (!rereading) {
      rereading = true;
      var _ = loop.schedule(this::reread, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void reread() {
    if (closed) {
      return;
    }
    rereading = false;
    try {
      read();
      changed.run();
    } catch (ErrnoException e) {
      log.warn("the addresses of this host could not be read: {}", e.getMessage());
      rereadIn(AFTER_TROUBLE_MILLIS);
    }
  }

  @Override
  public void close() {
    closed = true;
    monitor.close();
    netlink.close();
  }
}
