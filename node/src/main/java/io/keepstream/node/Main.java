package io.keepstream.node;

/** The {@code keepstream} program. */
public final class Main {
  private Main() {}

  /** Prints the usage. */
  public static void main(String[] arguments) {
    System.out.println("Usage: keepstream run|check|status|test [options]");
  }
}
