package io.keepstream.lvs.port;

import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.TableChange;
import java.io.IOException;
import java.util.List;

/**
 * The kernel's table of virtual services: that of IPVS, or what stands in for it. Calls may take as
 * long as the table is large; they are made one at a time, but not always by the same thread.
 */
public interface IpvsTable extends AutoCloseable {

  /**
   * Reads the table, and what passes through it.
   *
   * @throws IpvsUnavailableException when there is none, or it may not be read
   * @throws IOException when reading failed but may succeed later
   */
  Reading dump() throws IOException;

  /**
   * Makes {@code changes} in their order; one that fails does not stop those after it. Something
   * that is to be added and is there already is made what it should be, something that is to be
   * changed and is not there is added, something that is to be removed and is not there is done.
   *
   * @throws IpvsUnavailableException when there is no table, or it may not be changed
   * @throws IOException when the kernel could not be asked at all
   */
  Outcome apply(List<TableChange> changes) throws IOException;

  /** What carries the table out; IPVS unless said otherwise. */
  default Dataplane dataplane() {
    return Dataplane.IPVS;
  }

  /** Removes what is ours alone and a run before may have left: nothing is wanted of the table. */
  default void forsake() {}

  @Override
  void close();
}
