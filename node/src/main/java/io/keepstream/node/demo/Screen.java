package io.keepstream.node.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Lines that stay and, on a terminal, one line below them that is always up to date. */
final class Screen {
  private static final String CLEAR_LINE = "\r\033[2K";
  private static final String BOLD = "\033[1m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream out;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();
  private String status = "";

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Something that happened, with the time since the start and who says so. */
  void say(String who, String what) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    String name = terminal ? BOLD + "%-6s".formatted(who) + PLAIN : "%-6s".formatted(who);
    print(String.format(Locale.ROOT, "%6.1f s  %s  %s", seconds, name, what));
  }

  /** A line without time. */
  void print(String line) {
    out.print(terminal ? CLEAR_LINE + line + "\n" + status : line + "\n");
    out.flush();
  }

  /** How things stand; only a terminal shows it. */
  void status(String now) {
    if (terminal && !now.equals(status)) {
      status = now;
      out.print(CLEAR_LINE + status);
      out.flush();
    }
  }

  /** Leaves the line below. */
  void end() {
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
