package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracked processes as real ones, which run a program of a name of their own. */
class ProcessWatchTest {
  private static final String NAME = "ks-" + ProcessHandle.current().pid();

  @TempDir private Path directory;
  private Path program;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void copyProgram() throws IOException {
    program = Files.copy(Path.of("/bin/sleep"), directory.resolve(NAME));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process process : started) {
      end(process);
    }
  }

  @Test
  @Proves("VR-063")
  void aProcessThatBeginsAndEnds() throws Exception {
    try (HealthRig rig = HealthRig.start(tracking("process " + NAME))) {
      followsAProcess(rig);
      assertThat(rig.events().getLast().summary())
          .isEqualTo("Process `web` now is down: 0 running, at least 1 wanted");
    }
  }

  @Test
  @KernelTest
  void inANamespaceWhereTheKernelDoesNotTellProcessesAreSeenAsWell() throws Exception {
    try (NamespaceLab lab = NamespaceLab.create();
        HealthRig rig =
            lab.host("node").inside(() -> HealthRig.start(tracking("process " + NAME)))) {
      followsAProcess(rig);
    }
  }

  private void followsAProcess(HealthRig rig) throws Exception {
    rig.awaitTold("web down first");
    Process process = run("3600");
    rig.awaitTold("web down first", "web up");
    end(process);
    rig.awaitTold("web down first", "web up", "web down");
  }

  @Test
  void aProcessThatWasThereBefore() throws Exception {
    run("3600");
    try (HealthRig rig = HealthRig.start(tracking("process " + NAME))) {
      rig.awaitTold("web up first");
      assertThat(rig.state().trackers().getFirst().detail())
          .isEqualTo("1 running, at least 1 wanted");
    }
  }

  @Test
  void theArgumentsDecideWhereTheyAreGiven() throws Exception {
    run("3601");
    try (HealthRig rig = HealthRig.start(tracking("process %s 3600".formatted(program)))) {
      rig.awaitTold("web down first");
      run("3600");
      rig.awaitTold("web down first", "web up");
    }
  }

  @Test
  void aProcessMayTakeTheName() throws Exception {
    try (HealthRig rig = HealthRig.start(tracking("process " + NAME))) {
      rig.awaitTold("web down first");
      String script = "echo -n %s > /proc/$$/comm; read line".formatted(NAME);
      start("/bin/bash", "-c", script);
      rig.awaitTold("web down first", "web up");
    }
  }

  @Test
  void theDelayPassesBeforeTheVerdict() throws Exception {
    Process process = run("3600");
    try (HealthRig rig = HealthRig.start(tracking("process " + NAME + "\n delay 0.3"))) {
      rig.awaitTold("web up first");
      end(process);
      rig.awaitTold("web up first", "web down");
      assertThat(((TrackerChanged) rig.events().getLast()).heldMillis()).isGreaterThan(299);
    }
  }

  @Test
  void underOtherRulesTheSameProcessesCount() throws Exception {
    run("3600");
    try (HealthRig rig = HealthRig.start(tracking("process " + NAME))) {
      rig.awaitTold("web up first");
      rig.change(tracking("process " + NAME + "\n delay 60"));
      rig.change(tracking("process " + NAME + "\n quorum 2"));
      rig.awaitTold("web up first", "web down");
      run("3600");
      rig.awaitTold("web up first", "web down", "web up");
    }
  }

  @Test
  void tooManyAreAsBadAsTooFew() throws Exception {
    Process process = run("3600");
    try (HealthRig rig = HealthRig.start(tracking("process " + NAME + "\n quorum_max 0"))) {
      rig.awaitTold("web down first");
      end(process);
      rig.awaitTold("web down first", "web up");
    }
  }

  private Process run(String seconds) throws IOException {
    return start(program.toString(), seconds);
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static HealthConfig tracking(String words) {
    return Configured.of(
            """
            vrrp_track_process web {
              %s
            }
            vrrp_instance V {
              track_process {
                web
              }
            }
            """
                .formatted(words))
        .config();
  }
}
