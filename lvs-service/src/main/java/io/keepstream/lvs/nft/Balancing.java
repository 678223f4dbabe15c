package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.NfTable;
import io.keepstream.linux.wire.NfTables;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import java.util.Collection;

/** The ruleset that balances as a table of virtual services says. */
public final class Balancing {
  /** The table it is in. */
  public static final NfTable TABLE = new NfTable(NfTables.NFPROTO_INET, "keepstream");

  private Balancing() {}

  /** All of it; of services that {@link Limits} do not allow there is nothing. */
  public static Ruleset of(ServiceTable table) {
    return new Ruleset.Builder().all(Frame.RULESET).all(of(table.entries().values())).build();
  }

  /** Only what there is for these services. */
  public static Ruleset of(Collection<Entry> services) {
    Ruleset.Builder part = new Ruleset.Builder();
    services.stream().filter(Limits::allow).map(ServiceRules::of).forEach(part::all);
    return part.build();
  }
}
