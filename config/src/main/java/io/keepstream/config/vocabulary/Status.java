package io.keepstream.config.vocabulary;

/**
 * What this program makes of a word.
 *
 * @param effect whether it has any
 * @param reason why it has none on purpose, or what is dangerous about that it has none yet; else
 *     empty
 */
public record Status(Effect effect, String reason) {
  /** It does what it says. */
  public static final Status ACTS = new Status(Effect.ACTS, "");

  /** It is read and checked, but nothing acts on it yet. */
  public static final Status NOT_YET = new Status(Effect.NOT_YET, "");

  /** As {@link #NOT_YET}, with a consequence that nobody may overlook. */
  public static Status notYet(String consequence) {
    return new Status(Effect.NOT_YET, consequence);
  }

  /** It must not be used: what it asks for is not there yet, and without it all goes wrong. */
  public static final Status REFUSED = new Status(Effect.REFUSED, "not supported yet");

  /** It is read and checked, and has no effect here on purpose. */
  public static Status accepted(String reason) {
    return new Status(Effect.NONE, reason);
  }

  /** Whether a word has an effect. */
  public enum Effect {
    ACTS,
    NOT_YET,
    NONE,
    REFUSED
  }
}
