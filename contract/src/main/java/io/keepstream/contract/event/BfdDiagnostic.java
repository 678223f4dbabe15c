package io.keepstream.contract.event;

/** Why a BFD session changed state last (RFC 5880 section 4.1). */
public enum BfdDiagnostic {
  NONE(0, "No Diagnostic"),
  DETECTION_TIME_EXPIRED(1, "Control Detection Time Expired"),
  ECHO_FAILED(2, "Echo Function Failed"),
  NEIGHBOR_SIGNALED_DOWN(3, "Neighbor Signaled Session Down"),
  FORWARDING_RESET(4, "Forwarding Plane Reset"),
  PATH_DOWN(5, "Path Down"),
  CONCATENATED_PATH_DOWN(6, "Concatenated Path Down"),
  ADMIN_DOWN(7, "Administratively Down"),
  REVERSE_CONCATENATED_PATH_DOWN(8, "Reverse Concatenated Path Down"),
  /** Any code that RFC 5880 leaves to others. */
  OTHER(9, "Unknown");

  private static final BfdDiagnostic[] VALUES = values();

  private final int code;
  private final String words;

  BfdDiagnostic(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The inverse of {@link #code} for known codes; {@link #OTHER} for the rest. */
  public static BfdDiagnostic ofCode(int code) {
    return VALUES[Math.min(code, OTHER.code)];
  }

  /** The diagnostic as keepalived writes it. */
  public String words() {
    return words;
  }
}
