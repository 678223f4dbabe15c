package io.keepstream.linux.netlink;

/** What the kernel tells about processes; threads other than a process's first are left out. */
public sealed interface ProcessNews {

  /**
   * The kernel has taken note that we listen.
   *
   * @param errno 0, or why it will not tell us anything
   */
  record Listening(int errno) implements ProcessNews {}

  /** A process that is as yet a copy of its parent. */
  record Forked(int parent, int child) implements ProcessNews {}

  /** A process runs another program. */
  record Executed(int pid) implements ProcessNews {}

  /** A process gave itself another name, which has at most 15 bytes. */
  record Renamed(int pid, String name) implements ProcessNews {}

  /** A process ended; its parent may not have noticed yet. */
  record Ended(int pid) implements ProcessNews {}
}
