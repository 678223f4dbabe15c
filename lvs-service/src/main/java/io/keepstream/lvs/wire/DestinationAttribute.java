package io.keepstream.lvs.wire;

/** Attributes of a destination, {@code IPVS_DEST_ATTR_}. */
public final class DestinationAttribute {
  public static final int ADDR = 1;
  public static final int PORT = 2;
  public static final int FWD_METHOD = 3;
  public static final int WEIGHT = 4;
  public static final int U_THRESH = 5;
  public static final int L_THRESH = 6;
  public static final int ACTIVE_CONNS = 7;
  public static final int INACT_CONNS = 8;
  public static final int PERSIST_CONNS = 9;
  public static final int STATS = 10;
  public static final int ADDR_FAMILY = 11;
  public static final int STATS64 = 12;
  public static final int TUN_TYPE = 13;
  public static final int TUN_PORT = 14;
  public static final int TUN_FLAGS = 15;

  private DestinationAttribute() {}
}
