package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A tracked object.
 *
 * @param kind what is tracked
 * @param name the script's block name, the interface's name, and so on
 */
public record TrackerRef(Kind kind, String name) {

  /** What can be tracked. */
  public enum Kind {
    SCRIPT("Script"),
    INTERFACE("Interface"),
    FILE("Track file"),
    PROCESS("Process"),
    BFD("BFD session");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The lower-case name used in JSON and subjects. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The inverse of {@link #label()}. */
    @JsonCreator
    public static Kind ofLabel(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }

    String words() {
      return words;
    }
  }
}
