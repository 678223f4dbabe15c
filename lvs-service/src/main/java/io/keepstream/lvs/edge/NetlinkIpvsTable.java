package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.netlink.NetlinkSocket;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.IpvsUnavailableException;
import io.keepstream.lvs.wire.IpvsAnswers;
import io.keepstream.lvs.wire.IpvsAnswers.DestinationEntry;
import io.keepstream.lvs.wire.IpvsAnswers.ServiceEntry;
import io.keepstream.lvs.wire.IpvsRequests;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The table of the network namespace of the thread that calls first, over generic netlink. */
public final class NetlinkIpvsTable implements IpvsTable {
  private final IpvsLink link;
  private Optional<IpvsRequests> requests = Optional.empty();

  public NetlinkIpvsTable(Libc libc) {
    this(libc, OptionalInt.empty());
  }

  /**
   * A table that is not opened yet.
   *
   * @param receiveBufferBytes how much of the kernel's answers may wait; empty for our own choice
   */
  public NetlinkIpvsTable(Libc libc, OptionalInt receiveBufferBytes) {
    this(
        new SocketIpvsLink(
            libc, receiveBufferBytes.orElse(NetlinkSocket.DEFAULT_RECEIVE_BUFFER_BYTES)));
  }

  NetlinkIpvsTable(IpvsLink link) {
    this.link = link;
  }

  @Override
  public Reading dump() throws IOException {
    try {
      IpvsRequests to = find();
      Map<ServiceKey, Entry> entries = new LinkedHashMap<>();
      Map<ServiceKey, Load> loads = new HashMap<>();
      for (ServiceEntry service : link.dump(to.services(), IpvsAnswers::service)) {
        ServiceKey key = service.service().key();
        Map<DestinationKey, Destination> destinations = new LinkedHashMap<>();
        Map<DestinationKey, Load.OfDestination> theirs = new HashMap<>();
        for (DestinationEntry each : link.dump(to.destinations(key), IpvsAnswers::destination)) {
          destinations.put(each.destination().key(), each.destination());
          theirs.put(
              each.destination().key(), new Load.OfDestination(each.connections(), each.traffic()));
        }
        entries.put(key, new Entry(service.service(), destinations));
        loads.put(key, new Load(service.traffic(), theirs));
      }
      return new Reading(new ServiceTable(entries, settings(to)), loads);
    } catch (ErrnoException e) {
      throw e.retryable() ? e : unavailable(e.errno(), e.getMessage());
    }
  }

  private Settings settings(IpvsRequests to) throws ErrnoException {
    Map<SyncDaemon.Role, SyncDaemon> daemons = new EnumMap<>(SyncDaemon.Role.class);
    link.dump(to.daemons(), IpvsAnswers::daemon).forEach(each -> daemons.put(each.role(), each));
    Timeouts timeouts =
        link.get(to.timeouts(), IpvsAnswers::timeouts).stream()
            .findFirst()
            .orElse(Timeouts.UNCHANGED);
    return new Settings(daemons, timeouts);
  }

  @Override
  public Outcome apply(List<TableChange> changes) throws IOException {
    try {
      IpvsRequests to = requests.isPresent() ? requests.get() : find();
      List<Ack> acks = link.transact(changes.stream().map(each -> request(to, each)).toList());
      check(acks);
      Answers answers = new Answers(changes, acks);
      List<TableChange> others = answers.others();
      if (!others.isEmpty()) {
        answers.instead(link.transact(others.stream().map(each -> request(to, each)).toList()));
      }
      return answers.outcome();
    } catch (ErrnoException e) {
      throw e.retryable() ? e : unavailable(e.errno(), e.getMessage());
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private IpvsRequests find() throws ErrnoException, IpvsUnavailableException {
    OptionalInt family = link.family();
    if (family.isEmpty()) {
      throw unavailable(Errno.ENOENT, "");
    }
    IpvsRequests found = new IpvsRequests(family.getAsInt());
    requests = Optional.of(found);
    return found;
  }

  /** Rules out that answers mean the table as a whole. */
  private void check(List<Ack> acks) throws IOException {
    if (acks.stream().anyMatch(ack -> ack.errno() == Errno.EPERM)) {
      throw unavailable(Errno.EPERM, "");
    }
    // The kernel says the same for a family that is gone as for a scheduler it does not have.
    if (acks.stream().anyMatch(ack -> ack.errno() == Errno.ENOENT)) {
      Optional<IpvsRequests> before = requests;
      if (!before.equals(Optional.of(find()))) {
        throw new IOException("IPVS was loaded anew");
      }
    }
  }

  private IpvsUnavailableException unavailable(int errno, String message) {
    requests = Optional.empty();
    return new IpvsUnavailableException(
        switch (errno) {
          case Errno.ENOENT -> "the kernel has no IPVS; load it with: modprobe ip_vs";
          case Errno.EPERM -> "the kernel does not permit it; IPVS needs CAP_NET_ADMIN";
          default -> message;
        });
  }

  private static NetlinkMessage request(IpvsRequests to, TableChange change) {
    return switch (change) {
      case TableChange.AddService(var added) -> to.add(added);
      case TableChange.UpdateService(var before, var after) -> to.set(after);
      case TableChange.RemoveService(var service) -> to.remove(service);
      case TableChange.AddDestination(var service, var added) -> to.add(service, added);
      case TableChange.UpdateDestination(var service, var before, var after) ->
          to.set(service, after);
      case TableChange.RemoveDestination(var service, var removed) -> to.remove(service, removed);
      case TableChange.StartDaemon(var daemon) -> to.start(daemon);
      case TableChange.StopDaemon(var daemon) -> to.stop(daemon.role());
      case TableChange.SetTimeouts(var before, var after) -> to.set(after);
    };
  }
}
