package io.keepstream.config;

/**
 * One word of a line.
 *
 * @param text without quotes; may be empty when it was quoted
 * @param position of its first character (behind the opening quote)
 * @param quoted whether it stood in double quotes
 */
public record Word(String text, Position position, boolean quoted) {
  @Override
  public String toString() {
    return text;
  }
}
