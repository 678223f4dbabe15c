package io.keepstream.lvs.wire;

/** Attributes of the counters, {@code IPVS_STATS_ATTR_}. */
public final class StatsAttribute {
  public static final int CONNS = 1;
  public static final int INPKTS = 2;
  public static final int OUTPKTS = 3;
  public static final int INBYTES = 4;
  public static final int OUTBYTES = 5;
  public static final int CPS = 6;
  public static final int INPPS = 7;
  public static final int OUTPPS = 8;
  public static final int INBPS = 9;
  public static final int OUTBPS = 10;

  private StatsAttribute() {}
}
