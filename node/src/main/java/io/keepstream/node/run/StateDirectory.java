package io.keepstream.node.run;

import java.nio.file.Path;

/** Where a node keeps what outlives its processes, unless its configuration says otherwise. */
public final class StateDirectory {
  private static final Path USUAL = Path.of("/var/lib/keepstream");

  private StateDirectory() {}

  /** This process's: what systemd says in {@code STATE_DIRECTORY}, or the usual one. */
  public static Path ofThisProcess() {
    return of(System.getenv("STATE_DIRECTORY"));
  }

  /**
   * The first of what systemd says, or the usual one.
   *
   * @param said directories with colons between them, or null
   */
  static Path of(String said) {
    return said == null || said.isEmpty() ? USUAL : Path.of(said.split(":", 2)[0]);
  }
}
