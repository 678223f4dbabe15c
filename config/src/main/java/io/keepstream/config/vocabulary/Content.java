package io.keepstream.config.vocabulary;

/** What follows a keyword in braces. */
public sealed interface Content {
  /** No braces. */
  record None() implements Content {}

  /** Words that are declared in the block of the keyword's path. */
  record Words() implements Content {}

  /**
   * Free lines.
   *
   * @param line the form of each
   */
  record Lines(Arguments line) implements Content {}
}
