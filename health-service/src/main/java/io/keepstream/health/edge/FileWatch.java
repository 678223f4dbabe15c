package io.keepstream.health.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.FileConfig;
import io.keepstream.health.tracker.FileNumber;

/** A tracked file. */
final class FileWatch implements TrackerWatch<FileConfig> {
  private final FileFollower files;
  private final TrackerReport report;
  private FileConfig config;
  private FileFollower.Followed followed;

  FileWatch(FileConfig config, FileFollower files, TrackerReport report) {
    this.files = files;
    this.report = report;
    this.config = config;
    begin();
  }

  /** What to write at the start is of no concern later; another path is another tracker. */
  @Override
  public void change(FileConfig wanted) {
    if (!wanted.path().equals(config.path())) {
      stop();
      report.forget();
      config = wanted;
      begin();
    }
  }

  @Override
  public void stop() {
    files.forget(followed);
  }

  @Override
  public ServiceState.Tracker state() {
    return report.state();
  }

  private void begin() {
    followed = files.follow(config.path(), this::take);
  }

  private void take(FileNumber said) {
    report.decided(said.flaw() == null, said.number(), said.flaw());
  }
}
