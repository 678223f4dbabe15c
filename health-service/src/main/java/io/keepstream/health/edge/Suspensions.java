package io.keepstream.health.edge;

import io.keepstream.config.value.AddressRange;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent.ChecksResumed;
import io.keepstream.contract.event.VirtualServerEvent.ChecksSuspended;
import io.keepstream.contract.value.AddressText;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.netty.channel.IoEventLoop;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual servers with {@code ha_suspend}, and which of them have none of their addresses on
 * this host. Where the kernel does not tell its addresses, no checks are suspended.
 */
final class Suspensions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Suspensions.class);

  private final Libc libc;
  private final IoEventLoop loop;
  private final LongSupplier clockNanos;
  private final Consumer<Event> events;
  private final Runnable changed;
  private Map<String, List<AddressRange>> wanted = Map.of();

  /** Since when the checks of a virtual server are suspended; those that are not are not in it. */
  private final Map<String, Long> suspendedNanos = new HashMap<>();

  /** Null until somebody needs it, and where that is not possible. */
  private LocalAddresses addresses;

  /**
   * Nothing is suspended yet.
   *
   * @param changed told when addresses came or went and with them suspensions
   */
  Suspensions(
      Libc libc,
      IoEventLoop loop,
      LongSupplier clockNanos,
      Consumer<Event> events,
      Runnable changed) {
    this.libc = libc;
    this.loop = loop;
    this.clockNanos = clockNanos;
    this.events = events;
    this.changed = changed;
  }

  /** Takes over the virtual servers and their addresses, without telling {@code changed}. */
  void change(Map<String, List<AddressRange>> next) {
    wanted = next;
    suspendedNanos.keySet().retainAll(next.keySet());
    if (addresses == null && !next.isEmpty()) {
      open();
    }
    look();
  }

  /** Whether the checks of a virtual server must not be made. */
  boolean suspended(String virtualServer) {
    return suspendedNanos.containsKey(virtualServer);
  }

  private void open() {
    try {
      addresses = LocalAddresses.open(libc, loop, this::addressesChanged);
    } catch (ErrnoException e) {
      log.warn("ha_suspend has no effect, this host's addresses are not known: {}", e.getMessage());
    }
  }

  private void addressesChanged() {
    if (look()) {
      changed.run();
    }
  }

  /** Whether that changed anything. */
  private boolean look() {
    if (addresses == null) {
      return false;
    }
    long nowNanos = clockNanos.getAsLong();
    boolean differs = false;
    for (var each : wanted.entrySet()) {
      String server = each.getKey();
      Optional<InetAddress> here = addresses.anyIn(each.getValue());
      Long sinceNanos = suspendedNanos.get(server);
      if (here.isEmpty() && sinceNanos == null) {
        suspendedNanos.put(server, nowNanos);
        events.accept(new ChecksSuspended(server));
        differs = true;
      } else if (here.isPresent() && sinceNanos != null) {
        suspendedNanos.remove(server);
        long heldMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos);
        events.accept(new ChecksResumed(server, AddressText.of(here.get()), heldMillis));
        differs = true;
      }
    }
    return differs;
  }

  @Override
  public void close() {
    if (addresses != null) {
      addresses.close();
    }
  }
}
