package io.keepstream.health.http;

/** A text of which only so many characters may be read: what bounds a pattern's work. */
final class BoundedText implements CharSequence {
  /** Some tens of milliseconds. */
  private static final int READS = 10_000_000;

  /** All reads are used up. */
  static final class TooMuchWork extends RuntimeException {
    TooMuchWork() {
      super("more than %d characters read".formatted(READS), null, false, false);
    }
  }

  private final String text;
  private int left = READS;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (left-- <= 0) {
      throw new TooMuchWork();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
