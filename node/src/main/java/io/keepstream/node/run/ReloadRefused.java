package io.keepstream.node.run;

import java.util.List;

/** A reload that changes nothing; the message is for people, a line for each problem. */
final class ReloadRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReloadRefused(List<String> problems) {
    super(String.join("\n", problems));
  }
}
