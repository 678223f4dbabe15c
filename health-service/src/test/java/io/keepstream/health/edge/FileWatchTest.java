package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.lab.Await;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracked files as real files. */
class FileWatchTest {
  @TempDir private Path directory;

  @Test
  @Proves("VR-063")
  void theNumberIsToldWheneverItChanges() throws IOException {
    Path file = directory.resolve("load");
    try (HealthRig rig = HealthRig.start(tracking(file, ""))) {
      rig.awaitTold("load says 0 first");
      assertThat(tracker(rig).detail()).isEqualTo("no such file");
      Files.writeString(file, "5\n");
      rig.awaitTold("load says 0 first", "load says 5");
      assertThat(tracker(rig))
          .extracting("known", "up", "value", "detail")
          .containsExactly(true, true, 5, null);
      Path next = Files.writeString(directory.resolve("next"), "-7");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      rig.awaitTold("load says 0 first", "load says 5", "load says -7");
      Files.delete(file);
      rig.awaitTold("load says 0 first", "load says 5", "load says -7", "load says 0");
    }
  }

  @Test
  void rewritingIsNotEmptyingInBetween() throws IOException {
    Path file = Files.writeString(directory.resolve("load"), "5");
    try (HealthRig rig = HealthRig.start(tracking(file, ""))) {
      rig.awaitTold("load says 5 first");
      for (int i = 0; i < 200; i++) {
        Files.writeString(file, i < 199 ? "5" : "6");
      }
      rig.awaitTold("load says 5 first", "load says 6");
      Files.writeString(file, "");
      rig.awaitTold("load says 5 first", "load says 6", "load says 0");
      assertThat(tracker(rig).detail()).isEqualTo("the file is empty");
    }
  }

  @Test
  void garbageCountsAsZeroAndIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("load"), "many");
    try (HealthRig rig = HealthRig.start(tracking(file, ""))) {
      rig.awaitTold("load says 0 first");
      assertThat(rig.events().getFirst().summary())
          .isEqualTo("Track file `load` now says 0: `many` is no number");
      Files.writeString(file, "8");
      rig.awaitTold("load says 0 first", "load says 8");
    }
  }

  @Test
  void linksAreFollowedWhereverTheyLead() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path two = Files.createDirectory(directory.resolve("two"));
    Files.writeString(one.resolve("number"), "1");
    Files.writeString(two.resolve("number"), "2");
    Path current = Files.createSymbolicLink(directory.resolve("current"), one);
    Path link = Files.createSymbolicLink(directory.resolve("load"), current.resolve("number"));
    try (HealthRig rig = HealthRig.start(tracking(link, ""))) {
      rig.awaitTold("load says 1 first");
      Files.writeString(one.resolve("number"), "11");
      rig.awaitTold("load says 1 first", "load says 11");
      Files.delete(current);
      Files.createSymbolicLink(current, two);
      Await.until(SOON, "the other file", () -> Integer.valueOf(2).equals(tracker(rig).value()));
    }
  }

  @Test
  void aDirectoryMayComeLater() throws IOException {
    Path late = directory.resolve("late");
    try (HealthRig rig = HealthRig.start(tracking(late.resolve("load"), ""))) {
      rig.awaitTold("load says 0 first");
      Files.createDirectory(late);
      Files.writeString(late.resolve("load"), "3");
      rig.awaitTold("load says 0 first", "load says 3");
    }
  }

  @Test
  void whatIsNoFileIsNotOpened() {
    Path fifo = directory.resolve("load");
    assertThat(new ForeignLibc().mkfifo(fifo.toString(), 0600)).isZero();
    try (HealthRig rig = HealthRig.start(tracking(fifo, "init_file 3 overwrite"))) {
      rig.awaitTold("load says 0 first");
      assertThat(tracker(rig).detail()).isEqualTo("it is not a regular file");
      assertThat(tracker(rig).up()).isFalse();
    }
  }

  @Test
  void theStartWritesTheFirstNumberAndAReloadDoesNot() throws IOException {
    Path file = directory.resolve("load");
    try (HealthRig rig = HealthRig.start(tracking(file, "init_file 4"))) {
      rig.awaitTold("load says 4 first");
      assertThat(file).hasContent("4\n");
      rig.change(tracking(file, "init_file 9 overwrite"));
      assertThat(file).hasContent("4\n");
    }
    try (HealthRig rig = HealthRig.start(tracking(file, "init_file 5"))) {
      rig.awaitTold("load says 4 first");
    }
    try (HealthRig rig = HealthRig.start(tracking(file, "init_file 5 overwrite"))) {
      rig.awaitTold("load says 5 first");
    }
  }

  @Test
  void aReloadKeepsAFileAndForgetsAnother() throws IOException {
    Path file = Files.writeString(directory.resolve("load"), "5");
    Path other = Files.writeString(directory.resolve("other"), "6");
    try (HealthRig rig = HealthRig.start(tracking(file, ""))) {
      rig.awaitTold("load says 5 first");
      rig.change(tracking(file, "weight 3"));
      rig.change(tracking(other, ""));
      rig.awaitTold("load says 5 first", "load says 6 first");
      rig.change(HealthConfig.NOTHING);
      assertThat(rig.state().trackers()).isEmpty();
    }
  }

  private static ServiceState.Tracker tracker(HealthRig rig) {
    return rig.state().trackers().getFirst();
  }

  private static HealthConfig tracking(Path file, String words) {
    return Configured.of(
            """
            track_file load {
              file %s
              %s
            }
            vrrp_instance V {
              track_file {
                load
              }
            }
            """
                .formatted(file, words))
        .config();
  }
}
