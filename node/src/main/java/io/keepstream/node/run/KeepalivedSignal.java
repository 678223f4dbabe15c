package io.keepstream.node.run;

import io.keepstream.linux.libc.Libc;

/** The signals of keepalived by the names of its {@code --signum}. */
public enum KeepalivedSignal {
  /** Read the configuration again. */
  RELOAD(1),
  /** Leave politely. */
  STOP(15),
  /** Write keepalived.data. */
  DATA(10),
  /** Write keepalived.stats. */
  STATS(12),
  /** The same, then count from zero. */
  STATS_CLEAR(Libc.SIGRTMAX - 1),
  /** Write keepalived.json. */
  JSON(Libc.SIGRTMIN + 2);

  private final int number;

  KeepalivedSignal(int number) {
    this.number = number;
  }

  /** The number to give to {@code kill}. */
  public int number() {
    return number;
  }
}
