package io.keepstream.lvs.edge;

import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.IpvsUnavailableException;
import java.io.IOException;
import java.util.List;

/** A kernel's table whose user dies in the middle of a change: from then on nothing reaches it. */
final class CutOff implements IpvsTable {
  private final IpvsTable kernel;
  private final Runnable death;
  private int left = Integer.MAX_VALUE;

  CutOff(IpvsTable kernel) {
    this(kernel, () -> {});
  }

  /** One that does not only look dead. */
  CutOff(IpvsTable kernel, Runnable death) {
    this.kernel = kernel;
    this.death = death;
  }

  /** Lets so many more changes happen. */
  synchronized void after(int changes) {
    left = changes;
  }

  @Override
  public synchronized Reading dump() throws IOException {
    check();
    return kernel.dump();
  }

  @Override
  public synchronized Outcome apply(List<TableChange> changes) throws IOException {
    check();
    if (changes.size() <= left) {
      left -= left == Integer.MAX_VALUE ? 0 : changes.size();
      return kernel.apply(changes);
    }
    kernel.apply(changes.subList(0, left));
    left = -1;
    death.run();
    throw new IpvsUnavailableException("dead");
  }

  private void check() throws IpvsUnavailableException {
    if (left < 0) {
      throw new IpvsUnavailableException("dead");
    }
  }

  @Override
  public void close() {
    kernel.close();
  }
}
