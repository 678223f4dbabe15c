package io.keepstream.lvs.will;

/** What an operator wants of a real server while it is up. */
public enum Duty {
  /** It takes connections. */
  SERVE,
  /** It keeps the connections it has, and gets no new ones. */
  DRAIN,
  /** It is not in the table. */
  REST
}
