package io.keepstream.lvs.wire;

/**
 * The kernel's IPVS.
 *
 * @param version a byte each for major, minor and patch level
 * @param connectionTableSize how many hash buckets connections have
 */
public record IpvsInfo(int version, long connectionTableSize) {
  /** The version as in {@code 1.2.1}. */
  public String versionText() {
    return "%d.%d.%d".formatted(version >> 16 & 0xff, version >> 8 & 0xff, version & 0xff);
  }
}
