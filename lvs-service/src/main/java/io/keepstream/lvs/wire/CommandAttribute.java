package io.keepstream.lvs.wire;

/** Top-level attributes, {@code IPVS_CMD_ATTR_} and {@code IPVS_INFO_ATTR_}. */
public final class CommandAttribute {
  public static final int SERVICE = 1;
  public static final int DEST = 2;
  public static final int DAEMON = 3;
  public static final int TIMEOUT_TCP = 4;
  public static final int TIMEOUT_TCP_FIN = 5;
  public static final int TIMEOUT_UDP = 6;

  public static final int INFO_VERSION = 1;
  public static final int INFO_CONN_TAB_SIZE = 2;

  private CommandAttribute() {}
}
