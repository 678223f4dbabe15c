package io.keepstream.node.sidebyside;

import java.util.Set;

/** A server with its check. */
interface Subject extends AutoCloseable {
  /** The checker of the configuration, and the name of the server. */
  String checker();

  /** The words within the checker. */
  String words();

  /** Whether it is out of service until it has passed; keepalived believes a file at once. */
  default boolean hasToProveItself() {
    return !checker().equals("FILE_CHECK");
  }

  /** What can be wrong with it. */
  Set<Fault> faults();

  /** From now on out of order, or all right again with null. */
  void become(Fault fault);

  @Override
  void close();
}
