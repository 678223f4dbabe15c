package io.keepstream.lvs.edge;

import static io.keepstream.lvs.nft.Balancing.TABLE;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.nft.NfConnection;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.lvs.edge.RulesetReader.Content;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.nft.Balancing;
import io.keepstream.lvs.nft.Difference;
import io.keepstream.lvs.nft.Flows;
import io.keepstream.lvs.nft.Limits;
import io.keepstream.lvs.nft.Readback;
import io.keepstream.lvs.nft.Ruleset;
import io.keepstream.lvs.nft.Tallies;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Outcome.Failure;
import io.keepstream.lvs.plan.Reconciler;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.IpvsUnavailableException;
import io.keepstream.runtime.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table as a ruleset of nf_tables. What is asked for at one time is one transaction: no packet
 * sees it half done.
 */
public final class NftablesTable implements IpvsTable {
  private static final Logger log = LoggerFactory.getLogger(NftablesTable.class);
  private static final String MODULES =
      "; load what it may lack with: modprobe -a nft_chain_nat nft_nat nft_masq nft_ct nft_numgen"
          + " nft_hash nft_fib_inet nft_reject_inet nft_objref nf_conntrack_netlink";

  private final NftablesLink link;

  /** The table that is in the kernel. */
  private ServiceTable held = ServiceTable.EMPTY;

  /**
   * What was in the kernel before it was last put right. What is there again just so will not go,
   * and is no reason to write everything anew at every reading.
   */
  private Ruleset repaired = Ruleset.EMPTY;

  /** What is in the kernel where that is not just what {@link #held} asks for. */
  private Optional<Ruleset> found = Optional.of(Ruleset.EMPTY);

  private Optional<Tallies> tallies = Optional.empty();
  private final Window silence = new Window();

  /** A table that is looked for when it is first needed. */
  public NftablesTable(Libc libc) {
    this(new SocketNftablesLink(libc));
  }

  NftablesTable(NftablesLink link) {
    this.link = link;
  }

  @Override
  public Dataplane dataplane() {
    return Dataplane.NFTABLES;
  }

  @Override
  public Reading dump() throws IOException {
    try {
      Content content = new RulesetReader(link, TABLE).read();
      take(content.ruleset());
      Tallies before = tallies.orElse(content.tallies());
      tallies = Optional.of(content.tallies());
      return new Reading(held, content.tallies().loads(held, before, connections()));
    } catch (ErrnoException e) {
      throw e.retryable() ? e : unavailable(e.errno(), e.getMessage());
    }
  }

  /** What conntrack knows of ours and others'; empty where it cannot be asked. */
  private Optional<List<NfConnection>> connections() {
    try {
      return Optional.of(link.dump(NfConnection.rewritten(), NfConnection::read));
    } catch (ErrnoException e) {
      if (silence.count(System.nanoTime()) != null) {
        log.warn(
            "conntrack does not tell of connections ({}), so no drain ends as empty{}",
            e.getMessage(),
            MODULES);
      }
      return Optional.empty();
    }
  }

  private void take(Ruleset ruleset) {
    ServiceTable read = Readback.of(ruleset);
    boolean exact = ruleset.equals(Balancing.of(read));
    held = exact || ruleset.equals(repaired) ? read : Readback.suspect(read);
    found = exact ? Optional.empty() : Optional.of(ruleset);
    if (exact) {
      repaired = Ruleset.EMPTY;
    }
  }

  @Override
  public Outcome apply(List<TableChange> changes) throws IOException {
    List<Failure> failures = new ArrayList<>(impossible(changes));
    List<TableChange> possible = new ArrayList<>(changes);
    failures.forEach(failure -> possible.remove(failure.change()));
    try {
      boolean surprised = !possible.isEmpty() && !commit(possible).isEmpty();
      if (surprised) {
        failures.addAll(commitEach(possible));
      }
      failures.forEach(failure -> possible.remove(failure.change()));
      return new Outcome(possible, failures, surprised);
    } catch (ErrnoException e) {
      throw e.retryable() ? e : unavailable(e.errno(), e.getMessage());
    }
  }

  /** What nftables cannot do, and what is of no use without that. */
  private static List<Failure> impossible(List<TableChange> changes) {
    Map<ServiceKey, String> services = new HashMap<>();
    List<Failure> failures = new ArrayList<>();
    for (TableChange change : changes) {
      Optional<String> limit = limit(change);
      ServiceKey service = change instanceof TableChange.OfService of ? of.service() : null;
      if (limit.isPresent() && change instanceof TableChange.AddService) {
        services.put(service, limit.get());
      }
      limit
          .or(() -> Optional.ofNullable(services.get(service)))
          .ifPresent(text -> failures.add(new Failure(change, "nftables cannot do " + text)));
    }
    return failures;
  }

  /**
   * Service by service, so that one refusal does not hold up others; where somebody has edited the
   * table all of it is made anew.
   */
  private List<Failure> commitEach(List<TableChange> changes) throws IOException {
    Map<ServiceKey, List<TableChange>> byService = new LinkedHashMap<>();
    for (TableChange change : changes) {
      if (change instanceof TableChange.OfService of) {
        byService.computeIfAbsent(of.service(), key -> new ArrayList<>()).add(change);
      }
    }
    take(new RulesetReader(link, TABLE).read().ruleset());
    found = found.map(edited -> Ruleset.EMPTY);
    List<Failure> failures = new ArrayList<>();
    for (List<TableChange> of : byService.values()) {
      String refusal = commit(of);
      if (!refusal.isEmpty()) {
        of.forEach(change -> failures.add(new Failure(change, refusal)));
      }
    }
    return failures;
  }

  /** Makes all of {@code changes}, or none; says why it was none. */
  private String commit(List<TableChange> changes) throws IOException {
    ServiceTable next = Reconciler.patched(held, changes);
    Ack ack = link.commit(messages(next, changes));
    return switch (ack) {
      case Ack.Done _ -> {
        ServiceTable before = held;
        held = next;
        repaired = found.orElse(repaired);
        found = next.entries().isEmpty() ? Optional.of(Ruleset.EMPTY) : Optional.empty();
        forgetStranded(before, changes);
        yield "";
      }
      case Ack.Refused(int errno, String text) -> {
        if (errno == Errno.EPERM) {
          throw unavailable(errno, text);
        }
        yield Errno.describe(errno)
            + (text.isEmpty() ? "" : " (" + text + ")")
            + (errno == Errno.ENOENT ? MODULES : "");
      }
      case Ack.Lost(int errno) -> "no answer, " + Errno.describe(errno);
    };
  }

  private void forgetStranded(ServiceTable before, List<TableChange> changes)
      throws ErrnoException {
    if (changes.stream().anyMatch(NftablesTable::strands)) {
      List<NfConnection> stranded = Flows.stranded(before, held, connections().orElse(List.of()));
      link.change(stranded.stream().map(NfConnection::forget).toList());
    }
  }

  private static boolean strands(TableChange change) {
    return switch (change) {
      case TableChange.RemoveService(var service) -> mayBeUdp(service);
      case TableChange.RemoveDestination(var service, var _) -> mayBeUdp(service);
      case TableChange.AddService _, TableChange.UpdateService _ -> false;
      case TableChange.AddDestination _, TableChange.UpdateDestination _ -> false;
      case TableChange.OfSettings _ -> false;
    };
  }

  private static boolean mayBeUdp(ServiceKey service) {
    return !(service instanceof ServiceKey.Address at) || at.protocol() == Protocol.UDP;
  }

  private List<NetlinkMessage> messages(ServiceTable next, List<TableChange> changes) {
    List<NetlinkMessage> messages = new ArrayList<>(List.of(TABLE.create()));
    boolean absent = found.filter(Ruleset.EMPTY::equals).isPresent();
    if (absent || next.entries().isEmpty()) {
      messages.add(TABLE.delete());
    }
    if (next.entries().isEmpty()) {
      return messages;
    }
    if (absent) {
      messages.add(TABLE.create());
    }
    if (found.isPresent()) {
      messages.addAll(Difference.messages(TABLE, found.get(), Balancing.of(next)));
    } else {
      Set<ServiceKey> touched = touched(changes);
      messages.addAll(
          Difference.messages(
              TABLE, Balancing.of(entries(held, touched)), Balancing.of(entries(next, touched))));
    }
    return messages;
  }

  /** Removes whatever there is; what fails fails where somebody needs it. */
  void clear() {
    try {
      link.commit(List.of(TABLE.create(), TABLE.delete()));
    } catch (ErrnoException _) {
      // Without nf_tables there is nothing.
    }
  }

  private static Set<ServiceKey> touched(List<TableChange> changes) {
    Set<ServiceKey> touched = new LinkedHashSet<>();
    for (TableChange change : changes) {
      if (change instanceof TableChange.OfService of) {
        touched.add(of.service());
      }
    }
    return touched;
  }

  private static List<Entry> entries(ServiceTable table, Set<ServiceKey> keys) {
    return keys.stream().map(table.entries()::get).filter(Objects::nonNull).toList();
  }

  private static Optional<String> limit(TableChange change) {
    return switch (change) {
      case TableChange.AddService(var added) -> Limits.of(added);
      case TableChange.UpdateService(var _, var after) -> Limits.of(after);
      case TableChange.AddDestination(var _, var added) -> Limits.of(added);
      case TableChange.UpdateDestination(var _, var _, var after) -> Limits.of(after);
      case TableChange.RemoveService _, TableChange.RemoveDestination _ -> Optional.empty();
      case TableChange.StartDaemon _ -> Optional.of("sync daemons");
      case TableChange.StopDaemon _ -> Optional.empty();
      case TableChange.SetTimeouts _ -> Optional.of("lvs_timeouts");
    };
  }

  private static IpvsUnavailableException unavailable(int errno, String message) {
    return new IpvsUnavailableException(
        switch (errno) {
          case Errno.EPERM -> "the kernel does not permit it; nftables needs CAP_NET_ADMIN";
          default -> "nftables: " + message;
        });
  }

  @Override
  public void close() {
    link.close();
  }
}
