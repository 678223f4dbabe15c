package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.Libc;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.IpvsUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of IPVS, or where the kernel has none that of nftables. What was found first stays, so
 * that there is never one beside the other.
 */
public final class Dataplanes implements IpvsTable {
  private static final Logger log = LoggerFactory.getLogger(Dataplanes.class);

  private final IpvsTable ipvs;
  private final NftablesTable nftables;
  private final Optional<String> refusal;
  private volatile IpvsTable chosen;
  private boolean settled;

  /**
   * Both, of which none is chosen yet.
   *
   * @param refusal why nftables must not be chosen; empty if it may
   */
  Dataplanes(IpvsTable ipvs, NftablesTable nftables, Optional<String> refusal) {
    this.ipvs = ipvs;
    this.nftables = nftables;
    this.refusal = refusal;
    this.chosen = ipvs;
  }

  /** The table that a configuration asks for. */
  public static IpvsTable of(LvsConfig config, Libc libc) {
    NftablesTable nftables = new NftablesTable(libc);
    return config.dataplane().chosen().equals(Optional.of(Dataplane.NFTABLES))
        ? nftables
        : new Dataplanes(
            new NetlinkIpvsTable(libc, config.receiveBufferBytes()),
            nftables,
            config.dataplane().refusal());
  }

  @Override
  public Dataplane dataplane() {
    return chosen.dataplane();
  }

  @Override
  public Reading dump() throws IOException {
    if (settled) {
      return chosen.dump();
    }
    try {
      Reading reading = ipvs.dump();
      // What a run with the other has left would get the packets first.
      nftables.clear();
      settled = true;
      return reading;
    } catch (IpvsUnavailableException e) {
      return insteadOfIpvs(e.getMessage());
    }
  }

  private Reading insteadOfIpvs(String why) throws IOException {
    if (refusal.isPresent()) {
      throw standsAlone(why, refusal.get());
    }
    try {
      Reading reading = nftables.dump();
      log.info("nftables balances: {}", why);
      chosen = nftables;
      settled = true;
      return reading;
    } catch (IpvsUnavailableException e) {
      throw standsAlone(why, e.getMessage());
    }
  }

  private static IpvsUnavailableException standsAlone(String why, String whyNotTheOther) {
    return new IpvsUnavailableException(
        "%s; nftables does not stand in: %s".formatted(why, whyNotTheOther));
  }

  @Override
  public Outcome apply(List<TableChange> changes) throws IOException {
    return chosen.apply(changes);
  }

  @Override
  public void forsake() {
    nftables.clear();
  }

  @Override
  public void close() {
    ipvs.close();
    nftables.close();
  }
}
