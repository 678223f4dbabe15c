package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.tracker.ProcessPattern;
import io.keepstream.health.tracker.ProcessPattern.Match;
import io.keepstream.health.tracker.QuorumRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** track_file and vrrp_track_process. */
class TrackedObjectsTest {
  private static final TrackerRef LOAD = new TrackerRef(TrackerRef.Kind.FILE, "load");
  private static final TrackerRef WEB = new TrackerRef(TrackerRef.Kind.PROCESS, "web");
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aFileUnderBothOfItsNames() {
    assertThat(file("track_file", "").config().files().get(LOAD))
        .isEqualTo(new FileConfig("/run/load", null));
    assertThat(file("vrrp_track_file", "").config().files().get(LOAD))
        .isEqualTo(new FileConfig("/run/load", null));
  }

  @Test
  void whatAFileBeginsWith() {
    assertThat(init("init_file")).isEqualTo(new FileConfig.Init(0, false));
    assertThat(init("init_file -7")).isEqualTo(new FileConfig.Init(-7, false));
    assertThat(init("init_file overwrite")).isEqualTo(new FileConfig.Init(0, true));
    assertThat(init("init_file 12 overwrite")).isEqualTo(new FileConfig.Init(12, true));
  }

  @Test
  void aNumberBeyondAnyPriorityIsDoubtful() {
    Configured configured = file("track_file", "init_file 300");
    assertThat(configured.said())
        .isEqualTo(
            "3:11: warning: init_file: 300 is out of range -254..254, but is written as it is");
    assertThat(configured.config().files().get(LOAD).init())
        .isEqualTo(new FileConfig.Init(300, false));
  }

  @Test
  void whatNobodyTracksIsNotWatched() {
    Configured configured =
        Configured.of(
            """
            track_file load {
              file /run/load
            }
            vrrp_track_process web {
              process nginx
            }
            """);
    assertThat(configured.config()).isEqualTo(HealthConfig.NOTHING);
    assertThat(configured.said())
        .isEqualTo(
            """
            1:1: warning: track_file: nobody tracks this file, so it is not watched
            4:1: warning: vrrp_track_process: nobody tracks this process, so it is not watched""");
  }

  @Test
  void aFileThatACheckerTracksIsWatched() {
    Configured configured =
        Configured.of(
            """
            track_file load {
              file /run/load
            }
            virtual_server 10.0.0.1 80 {
              real_server 10.0.0.2 80 {
                FILE_CHECK {
                  track_file load
                }
              }
            }
            """);
    assertThat(configured.config().files()).containsKey(LOAD);
  }

  @Test
  void aProcessByItsName() {
    assertThat(process("process nginx"))
        .isEqualTo(
            new ProcessConfig(
                new ProcessPattern("nginx", List.of(), Match.NONE, false),
                new QuorumRules(1, QuorumRules.UNLIMITED, 0, 0)));
  }

  @Test
  void argumentsAndHowTheyAreCompared() {
    assertThat(process("process \"/tmp/a b\" one \"two 2\"").pattern())
        .isEqualTo(new ProcessPattern("/tmp/a b", List.of("one", "two 2"), Match.EXACT, false));
    assertThat(process("process /bin/x -c\n param_match initial").pattern().match())
        .isEqualTo(Match.INITIAL);
    assertThat(process("process /bin/x -c\n param_match partial").pattern().match())
        .isEqualTo(Match.PARTIAL);
    assertThat(process("process /bin/x\n param_match").pattern().match()).isEqualTo(Match.EXACT);
    assertThat(process("process /bin/x\n full_command").pattern())
        .isEqualTo(new ProcessPattern("/bin/x", List.of(), Match.NONE, true));
  }

  @Test
  void howManyAndForHowLong() {
    assertThat(process("process x\n quorum 2\n quorum_max 4\n delay 1.5").rules())
        .isEqualTo(new QuorumRules(2, 4, SECOND * 3 / 2, SECOND * 3 / 2));
    assertThat(process("process x\n delay 1\n fork_delay 2").rules())
        .isEqualTo(new QuorumRules(1, QuorumRules.UNLIMITED, 2 * SECOND, SECOND));
    assertThat(process("process x\n terminate_delay 2\n delay 1").rules().terminateDelayNanos())
        .isEqualTo(SECOND);
    assertThat(process("process x\n quorum_max 0").rules()).isEqualTo(new QuorumRules(0, 0, 0, 0));
  }

  @Test
  void whatCannotBeMeantIsSaid() {
    assertThat(processes("process x\n quorum 3\n quorum_max 2").said())
        .isEqualTo("4:2: warning: quorum_max: 2 is less than the quorum of 3, so it is ignored");
    assertThat(processes("process /usr/sbin/nginx").said())
        .isEqualTo(
            "2:9: warning: a process name has no path; full_command compares the command instead");
    assertThat(processes("process a-very-long-process").said())
        .isEqualTo(
            "2:9: warning: a process name has 15 bytes at most, and no more are compared;"
                + " full_command compares all");
  }

  private static FileConfig.Init init(String words) {
    return file("track_file", words).config().files().get(LOAD).init();
  }

  private static Configured file(String keyword, String words) {
    return Configured.of(
        """
        %s load {
        file /run/load
        %s
        }
        vrrp_instance V {
          track_file {
            load weight 2
          }
        }
        """
            .formatted(keyword, words));
  }

  private static ProcessConfig process(String words) {
    return processes(words).config().processes().get(WEB);
  }

  private static Configured processes(String words) {
    return Configured.of(
        """
        vrrp_track_process web {
        %s
        }
        vrrp_sync_group G {
          track_process {
            web
          }
        }
        """
            .formatted(words));
  }
}
