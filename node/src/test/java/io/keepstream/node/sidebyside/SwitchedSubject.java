package io.keepstream.node.sidebyside;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A server that does not know when it is looked at.
 *
 * @param faults what can be wrong with it
 * @param change makes it so; all right with null
 */
record SwitchedSubject(String checker, String words, Set<Fault> faults, Consumer<Fault> change)
    implements Subject {
  SwitchedSubject {
    faults = EnumSet.copyOf(faults);
  }

  @Override
  public void become(Fault fault) {
    change.accept(fault);
  }

  @Override
  public void close() {
    // What it is goes with the host.
  }
}
