package io.keepstream.lvs.ipvs;

import java.util.Locale;

/** What in the kernel balances as a table of virtual services says. */
public enum Dataplane {
  /** IPVS, whose table others may use as well. */
  IPVS,
  /** Rules of nf_tables, in a table that is ours alone. */
  NFTABLES;

  /** The word of the configuration for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether everything in the table is ours, whoever has put it there. */
  public boolean exclusive() {
    return this == NFTABLES;
  }
}
