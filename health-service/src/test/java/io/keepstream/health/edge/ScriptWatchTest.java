package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.lab.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracked scripts as real processes. */
class ScriptWatchTest {
  @Test
  void theFirstRunIsAtOnceAndTellsItsVerdict() {
    try (HealthRig rig = HealthRig.start(script("/bin/true", "interval 60\n rise 5"))) {
      rig.awaitTold("chk up first");
      ServiceState.Tracker tracker = rig.state().trackers().getFirst();
      assertThat(tracker.known()).isTrue();
      assertThat(tracker.up()).isTrue();
      assertThat(tracker.detail()).isEqualTo("exit status 0");
    }
  }

  @Test
  void initFailIsTheFirstVerdict() {
    try (HealthRig rig = HealthRig.start(script("/bin/true", "interval 60\n init_fail"))) {
      rig.awaitTold("chk down first", "chk up");
    }
  }

  @Test
  void whatCannotBeRunHereIsNoFault() {
    try (HealthRig rig = HealthRig.start(script("/opt/absent", ""))) {
      rig.awaitTold("chk up first");
      assertThat(rig.state().trackers().getFirst().detail())
          .isEqualTo("not run: `/opt/absent` cannot be run here");
    }
  }

  @Test
  void underOtherRulesTheSameCommandKeepsItsVerdict(@TempDir Path directory) {
    Path mark = directory.resolve("ran");
    String command = "/bin/sh -c 'echo >> " + mark + "'";
    try (HealthRig rig = HealthRig.start(script(command, "interval 60"))) {
      rig.awaitTold("chk up first");
      rig.change(script(command, "interval 60"));
      rig.change(script(command, "interval 50\n init_fail"));
      assertThat(rig.state().trackers().getFirst().up()).isTrue();
      Await.until(SOON, "the second run", () -> lines(mark) == 2);
      assertThat(rig.told()).containsExactly("chk up first");
    }
  }

  @Test
  void aRunThatIsNotOverIsAwaitedBeforeTheNext(@TempDir Path directory) {
    Path log = directory.resolve("log");
    String command = "/bin/sh -c 'echo >> %s; sleep 1; echo >> %s'".formatted(log, log);
    try (HealthRig rig = HealthRig.start(script(command, "interval 60"))) {
      Await.until(SOON, "a run", () -> lines(log) == 1);
      rig.change(script(command, "interval 50\n timeout 50"));
      rig.awaitTold("chk up first");
      assertThat(lines(log)).as("begin and end of one run").isEqualTo(2);
    }
  }

  @Test
  void anotherCommandIsAnotherTracker() {
    try (HealthRig rig = HealthRig.start(script("/bin/true", "interval 60"))) {
      rig.awaitTold("chk up first");
      rig.change(script("/bin/false", "interval 60\n fall 5"));
      rig.awaitTold("chk up first", "chk down first");
      rig.change(script("/opt/absent", ""));
      rig.awaitTold("chk up first", "chk down first", "chk up first");
      rig.change(HealthConfig.NOTHING);
      assertThat(rig.state().trackers()).isEmpty();
    }
  }

  private static long lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      return 0;
    }
  }

  private static HealthConfig script(String command, String words) {
    return Configured.of(
            """
            vrrp_script chk {
              script "%s"
              %s
            }
            vrrp_instance V {
              track_script {
                chk
              }
            }
            """
                .formatted(command, words))
        .config();
  }
}
