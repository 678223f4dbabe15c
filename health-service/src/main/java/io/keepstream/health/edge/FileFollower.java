package io.keepstream.health.edge;

import io.keepstream.health.config.FileConfig;
import io.keepstream.health.tracker.FileNumber;
import io.keepstream.linux.file.Inotify;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.InotifyEvents;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the numbers in files, on a thread of its own: a file system that hangs holds up nothing
 * else. Changes are seen at once where inotify tells of them, else within a second: on a network
 * file system, behind links that point elsewhere, while the writer keeps the file open.
 */
final class FileFollower implements AutoCloseable {
  private static final long SWEEP_MILLIS = 1000;

  /** A file that is truncated to be written anew is empty for a moment. */
  private static final long EMPTY_MILLIS = 100;

  private static final Logger log = LoggerFactory.getLogger(FileFollower.class);

  /** A file that is followed. */
  static final class Followed {
    private final FileInPlace file;
    private final Consumer<FileNumber> told;

    /** Of the thread that is told. */
    private boolean stopped;

    /** Of the thread that looks; null before the first look. */
    private FileNumber last;

    private boolean confirming;

    private Followed(FileInPlace file, Consumer<FileNumber> told) {
      this.file = file;
      this.told = told;
    }
  }

  private final Libc libc;
  private final Executor home;
  private final SideLoop side = new SideLoop("tracked files", SWEEP_MILLIS, this::sweep);
  private final List<Followed> followed = new ArrayList<>();

  /** Null where there is none. */
  private Inotify inotify;

  private boolean asked;

  /** Tells what it finds on {@code home}, on which alone its methods are called. */
  FileFollower(Libc libc, Executor home) {
    this.libc = libc;
    this.home = home;
  }

  /** Writes what a file is to begin with, before it is looked at for the first time. */
  void begin(FileConfig file) {
    if (file.init() != null) {
      side.execute(() -> write(new FileInPlace(file.path()), file.init()));
    }
  }

  /** Tells what is in a file, soon for the first time, and again whenever that changes. */
  Followed follow(String path, Consumer<FileNumber> told) {
    Followed one = new Followed(new FileInPlace(path), told);
    side.execute(() -> add(one));
    return one;
  }

  /** As {@link #follow}; what is returned ends it. */
  Runnable following(String path, Consumer<FileNumber> told) {
    Followed one = follow(path, told);
    return () -> forget(one);
  }

  /** Tells no more. */
  void forget(Followed one) {
    one.stopped = true;
    side.execute(() -> followed.remove(one));
  }

  @Override
  public void close() {
    side.close();
  }

  private void write(FileInPlace file, FileConfig.Init init) {
    try {
      file.write(init.number(), init.overwrite());
    } catch (IOException e) {
      log.warn("init_file: {} could not be written: {}", file.path(), e.toString());
    }
  }

  private void add(Followed one) {
    if (!asked) {
      asked = true;
      openInotify();
    }
    followed.add(one);
    watchDirectories();
    look(one);
  }

  private void openInotify() {
    try {
      inotify = Inotify.open(libc, side.loop(), new Listener());
    } catch (ErrnoException e) {
      log.warn("changes of tracked files are seen within a second only: {}", e.getMessage());
    }
  }

  private void sweep() {
    watchDirectories();
    followed.forEach(this::look);
  }

  /** Again and again, because directories are replaced and links made to point elsewhere. */
  private void watchDirectories() {
    if (inotify == null) {
      return;
    }
    for (Followed one : followed) {
      one.file.locate();
      for (String directory : one.file.directories()) {
        try {
          inotify.watch(directory);
        } catch (ErrnoException e) {
          log.debug("{} cannot be watched: {}", directory, e.getMessage());
        }
      }
    }
  }

  private void look(Followed one) {
    FileNumber found = one.file.read(libc);
    if (found.equals(FileNumber.EMPTY) && one.last != null && !found.equals(one.last)) {
      confirm(one);
    } else {
      take(one, found);
    }
  }

  private void confirm(Followed one) {
    if (!one.confirming) {
      one.confirming = true;
      FileTime written = one.file.written();
      side.schedule(
          EMPTY_MILLIS,
          () -> {
            one.confirming = false;
            confirm(one, written);
          });
    }
  }

  /** It was empty when it had last been {@code written}; whoever writes again may have more. */
  private void confirm(Followed one, FileTime written) {
    FileNumber found = one.file.read(libc);
    if (found.equals(FileNumber.EMPTY) && !one.file.written().equals(written)) {
      confirm(one);
    } else {
      take(one, found);
    }
  }

  private void take(Followed one, FileNumber found) {
    if (found.equals(one.last)) {
      return;
    }
    one.last = found;
    if (found.wrong()) {
      log.warn("track_file {} counts as 0: {}", one.file.path(), found.flaw());
    }
    home.execute(
        () -> {
          if (!one.stopped) {
            one.told.accept(found);
          }
        });
  }

  private final class Listener implements Inotify.Listener {
    @Override
    public void onEvents(InotifyEvents events) {
      for (Followed one : followed) {
        if (events.overrun() || one.file.isOneOf(events.names())) {
          look(one);
        }
      }
    }

    @Override
    public void onError(Throwable cause) {
      log.warn("changes of tracked files may be seen late", cause);
    }
  }
}
