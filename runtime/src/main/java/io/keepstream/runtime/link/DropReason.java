package io.keepstream.runtime.link;

import java.util.Locale;

/** Why a connection to a peer ended. */
public enum DropReason {
  /** The peer closed it, or ended. */
  CLOSED("closed its end"),
  /** Nothing came for as long as a peer may be silent. */
  SILENT("is silent"),
  /** It does not read what is sent to it. */
  NOT_READING("does not read what it is told"),
  /** It sent what is no frame. */
  MALFORMED("sent what is no frame"),
  /** It did not begin with a HELLO, or changed its name. */
  UNEXPECTED("does not keep to the order of frames"),
  /** It speaks another version of the link. */
  OTHER_VERSION("speaks another version of the link"),
  /** It is not called as whoever is expected there. */
  WRONG_NAME("has the wrong name"),
  /** It runs a service that runs here too. */
  SAME_SERVICE("runs a service that this process runs too"),
  /** It belongs to another user. */
  STRANGER("belongs to another user"),
  /** The same peer has made a new connection. */
  REPLACED("has made a new connection"),
  /** It was lost while this process stood still, which proves nothing of it. */
  OVERSLEPT("was lost while this process stood still"),
  /** This process leaves. */
  LEAVING("is left");

  private final String words;

  DropReason(String words) {
    this.words = words;
  }

  /** What the peer did, for people: {@code is silent}. */
  public String words() {
    return words;
  }

  /** The lower-case name used as a label of counters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the same would happen again at once. */
  public boolean lasting() {
    return switch (this) {
      case OTHER_VERSION, WRONG_NAME, SAME_SERVICE, STRANGER, MALFORMED, UNEXPECTED, NOT_READING ->
          true;
      case CLOSED, SILENT, REPLACED, OVERSLEPT, LEAVING -> false;
    };
  }
}
