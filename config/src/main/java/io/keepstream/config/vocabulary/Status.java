package io.keepstream.config.vocabulary;

/**
 * What this program makes of a word.
 *
 * @param effect whether it has any
 * @param reason why it has none on purpose; else empty
 */
public record Status(Effect effect, String reason) {
  /** It does what it says. */
  public static final Status ACTS = new Status(Effect.ACTS, "");

  /** It is read and checked, but nothing acts on it yet. */
  public static final Status NOT_YET = new Status(Effect.NOT_YET, "");

  /** It is read and checked, and has no effect here on purpose. */
  public static Status accepted(String reason) {
    return new Status(Effect.NONE, reason);
  }

  /** Whether a word has an effect. */
  public enum Effect {
    ACTS,
    NOT_YET,
    NONE
  }
}
