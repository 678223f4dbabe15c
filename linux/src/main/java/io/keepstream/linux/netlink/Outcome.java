package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.Errno;
import java.util.Set;

/** How a change of one of the kernel's tables went. */
public sealed interface Outcome {
  /** The table was changed. */
  record Done() implements Outcome {}

  /** What was to be added had been there before. */
  record AlreadyThere() implements Outcome {}

  /** What was to be removed was not there, or its whole interface is gone. */
  record Absent() implements Outcome {}

  /**
   * The table is not as wanted, or we do not know.
   *
   * @param errno the positive error number
   * @param text what the kernel says beyond the number, or empty
   */
  record Failed(int errno, String text) implements Outcome {
    @Override
    public String toString() {
      return Errno.describe(errno) + (text.isEmpty() ? "" : " (" + text + ")");
    }
  }

  /** Whether the table is now as wanted. */
  default boolean achieved() {
    return !(this instanceof Failed);
  }

  /** Reads the answer to an addition. */
  static Outcome ofAddition(Ack ack) {
    return switch (ack) {
      case Ack.Done _ -> new Done();
      case Ack.Refused(int errno, String _) when errno == Errno.EEXIST -> new AlreadyThere();
      case Ack.Refused(int errno, String text) -> new Failed(errno, text);
      case Ack.Lost(int errno) -> new Failed(errno, "no answer");
    };
  }

  /** Reads the answer to the removal of an address. */
  static Outcome ofAddressRemoval(Ack ack) {
    return ofRemoval(ack, Set.of(Errno.EADDRNOTAVAIL, Errno.ENODEV));
  }

  /** Reads the answer to the removal of a route or a rule. */
  static Outcome ofRouteRemoval(Ack ack) {
    return ofRemoval(ack, Set.of(Errno.ESRCH, Errno.ENOENT, Errno.ENODEV));
  }

  private static Outcome ofRemoval(Ack ack, Set<Integer> absent) {
    return switch (ack) {
      case Ack.Done _ -> new Done();
      case Ack.Refused(int errno, String _) when absent.contains(errno) -> new Absent();
      case Ack.Refused(int errno, String text) -> new Failed(errno, text);
      case Ack.Lost(int errno) -> new Failed(errno, "no answer");
    };
  }
}
