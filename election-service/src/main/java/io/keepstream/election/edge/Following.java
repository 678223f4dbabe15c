package io.keepstream.election.edge;

import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteMonitor;
import io.keepstream.runtime.Window;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Takes in what the kernel tells of interfaces, addresses, routes and rules. */
final class Following implements RouteMonitor.Listener {
  private static final long REREAD_MILLIS = 100;

  private final Surroundings surroundings;
  private final Runnable settle;
  private final BooleanSupplier reread;
  private final Window overruns = new Window();
  private boolean news;
  private boolean rereading;

  /**
   * Follows from now on.
   *
   * @param settle acts on what is known now
   * @param reread reads everything anew and acts on it; false when that failed
   */
  Following(Surroundings surroundings, Runnable settle, BooleanSupplier reread) {
    this.surroundings = surroundings;
    this.settle = settle;
    this.reread = reread;
  }

  @Override
  public void onChange(RouteChange change) {
    news = true;
    surroundings.interfaces().apply(change);
    surroundings.tables().apply(change);
  }

  @Override
  public void onSettled() {
    if (news) {
      news = false;
      settle.run();
    }
  }

  /** A flood drops news again and again; everything is read a few times a second, no more. */
  @Override
  public void onOverrun() {
    Window.Report report = overruns.count(surroundings.publishing().nowNanos());
    if (report != null) {
      ElectionEngine.LOG.warn(
          "the kernel had to drop news {} time(s) in {} ms; reading everything anew",
          report.count(),
          report.overMillis());
    }
    readSoon();
  }

  private void readSoon() {
    if (!rereading) {
      rereading = true;
      var _ = surroundings.loop().schedule(this::readNow, REREAD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void readNow() {
    rereading = false;
    if (!reread.getAsBoolean()) {
      readSoon();
    }
  }

  @Override
  public void onError(Throwable cause) {
    ElectionEngine.LOG.error("following interfaces failed", cause);
  }
}
