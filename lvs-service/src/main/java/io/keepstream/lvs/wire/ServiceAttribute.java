package io.keepstream.lvs.wire;

/** Attributes of a service, {@code IPVS_SVC_ATTR_}. */
public final class ServiceAttribute {
  public static final int AF = 1;
  public static final int PROTOCOL = 2;
  public static final int ADDR = 3;
  public static final int PORT = 4;
  public static final int FWMARK = 5;
  public static final int SCHED_NAME = 6;
  public static final int FLAGS = 7;
  public static final int TIMEOUT = 8;
  public static final int NETMASK = 9;
  public static final int STATS = 10;
  public static final int PE_NAME = 11;
  public static final int STATS64 = 12;

  private ServiceAttribute() {}
}
