package io.keepstream.contract.event;

/** How an operator overrides what the configuration says of a real server. */
public enum OverrideKind {
  /** It gets no new connections. */
  DRAIN,
  /** It has another weight. */
  WEIGHT,
  /** It is a real server though the configuration does not name it. */
  ADDED,
  /** It is none though the configuration names it. */
  REMOVED
}
