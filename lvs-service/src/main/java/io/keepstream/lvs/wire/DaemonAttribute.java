package io.keepstream.lvs.wire;

/** Attributes of a sync daemon, {@code IPVS_DAEMON_ATTR_}. */
public final class DaemonAttribute {
  public static final int STATE = 1;
  public static final int MCAST_IFN = 2;
  public static final int SYNC_ID = 3;
  public static final int SYNC_MAXLEN = 4;
  public static final int MCAST_GROUP = 5;
  public static final int MCAST_GROUP6 = 6;
  public static final int MCAST_PORT = 7;
  public static final int MCAST_TTL = 8;

  private DaemonAttribute() {}
}
