package io.keepstream.contract.event;

/** The state of a BFD session (RFC 5880 section 4.1). */
public enum BfdState {
  /** Held down by its operator; says nothing about the path. */
  ADMIN_DOWN(0, "AdminDown"),
  DOWN(1, "Down"),
  /** The neighbour is heard; whether it hears us is not known yet. */
  INIT(2, "Init"),
  UP(3, "Up");

  private final int code;
  private final String words;

  BfdState(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The number on the wire, 0-3. */
  public int code() {
    return code;
  }

  /** The inverse of {@link #code}. */
  public static BfdState ofCode(int code) {
    return switch (code) {
      case 0 -> ADMIN_DOWN;
      case 1 -> DOWN;
      case 2 -> INIT;
      case 3 -> UP;
      default -> throw new IllegalArgumentException("BFD state " + code);
    };
  }

  /** The name as keepalived and the RFC write it. */
  public String words() {
    return words;
  }
}
