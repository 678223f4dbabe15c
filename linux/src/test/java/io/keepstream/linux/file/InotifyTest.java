package io.keepstream.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.InotifyEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files; needs no privileges. */
@Timeout(30)
final class InotifyTest {
  private final Libc libc = new ForeignLibc();
  @AutoClose private final Loop loop = new Loop();
  @TempDir private Path directory;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();

  @Test
  void tellsWhatIsWrittenRenamedAndRemoved() throws Exception {
    try (Inotify inotify = open()) {
      inotify.watch(directory.toString());
      inotify.watch(directory.toString());
      Files.writeString(directory.resolve("a"), "1");
      awaitName("a");
      Files.move(directory.resolve("a"), directory.resolve("b"));
      awaitName("b");
      Files.delete(directory.resolve("b"));
      Files.createDirectory(directory.resolve("c"));
      awaitName("c");
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void onlyDirectoriesThatExistCanBeWatched() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (Inotify inotify = open()) {
      assertThatThrownBy(() -> inotify.watch(file.toString()))
          .hasMessage("inotify_add_watch: ENOTDIR: Not a directory");
      assertThatThrownBy(() -> inotify.watch(directory + "/absent"))
          .isInstanceOfSatisfying(
              ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
  }

  @Test
  void readsTheBeginningOfAFileAndNeverWaits() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "12345");
    assertThat(SmallFile.read(libc, file.toString(), 3)).asString().isEqualTo("123");
    assertThat(SmallFile.read(libc, file.toString(), 64)).asString().isEqualTo("12345");
    String fifo = directory.resolve("fifo").toString();
    assertThat(libc.mkfifo(fifo, 0600)).isZero();
    assertThat(SmallFile.read(libc, fifo, 64)).isEmpty();
    assertThatThrownBy(() -> SmallFile.read(libc, directory.toString(), 64))
        .hasMessageContaining("EISDIR");
    assertThatThrownBy(() -> SmallFile.read(libc, directory + "/absent", 64))
        .hasMessageContaining("ENOENT");
  }

  private void awaitName(String name) {
    Await.until(name, () -> names.contains(name));
  }

  private Inotify open() throws Exception {
    Inotify.Listener listener =
        new Inotify.Listener() {
          @Override
          public void onEvents(InotifyEvents events) {
            names.addAll(events.names());
          }

          @Override
          public void onError(Throwable cause) {
            errors.add(cause);
          }
        };
    return loop.call(() -> Inotify.open(libc, loop.io(), listener));
  }
}
