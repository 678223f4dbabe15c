package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TrackerRef.Kind;
import io.keepstream.election.machine.Tracking.Tracked;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sync groups, what they track, and what they leave of what their members track. */
class SyncGroupConfigTest {
  private static final String OBJECTS =
      """
      vrrp_script chk { script "/bin/true"
        weight 20 }
      vrrp_script hard { script "/bin/true" }
      track_file load { file /load }
      track_file tilt { file /tilt
        weight -3 reverse }
      vrrp_track_file old { file /old }
      vrrp_track_process web { process nginx
        weight 40 }
      bfd_instance peer { neighbor_ip 10.0.0.2
        weight 60 }
      """;
  private static final String OWN =
      """
      track_interface {
          eth7 weight 10
          eth8
      }
      track_script {
          chk
          hard
      }
      track_file {
          load
          tilt
          old weight 5
      }
      track_process {
          web
      }
      """;

  private final List<String> problems = new ArrayList<>();

  @Test
  void filesAndProcessesAreTrackedWithTheirOwnWeights() {
    assertThat(read(OBJECTS + instance("VI_1", 1, OWN)).instances().getFirst().tracked())
        .containsExactly(
            tracked(Kind.INTERFACE, "eth7", 10, false),
            tracked(Kind.INTERFACE, "eth8", 0, false),
            tracked(Kind.SCRIPT, "chk", 20, false),
            tracked(Kind.SCRIPT, "hard", 0, false),
            tracked(Kind.FILE, "load", 1, false),
            tracked(Kind.FILE, "tilt", -3, true),
            tracked(Kind.FILE, "old", 5, false),
            tracked(Kind.PROCESS, "web", 40, false));
    assertThat(problems).isEmpty();
  }

  @Test
  void aMembersOwnWeightsAreNeutralised() {
    assertThat(read(OBJECTS + group("") + members(OWN)).instances().getFirst().tracked())
        .containsExactly(
            tracked(Kind.INTERFACE, "eth7", 0, false),
            tracked(Kind.INTERFACE, "eth8", 0, false),
            tracked(Kind.SCRIPT, "hard", 0, false),
            tracked(Kind.FILE, "load", 0, false),
            tracked(Kind.PROCESS, "web", 40, false));
    assertThat(problems)
        .hasSize(5)
        .allMatch(problem -> problem.contains("warning: a member of vrrp_sync_group G has no"))
        .anyMatch(problem -> problem.contains("failure means FAULT"))
        .anyMatch(problem -> problem.contains("it is not tracked"));
  }

  @Test
  void syncGroupTrackingWeightLeavesThem() {
    for (String word : List.of("sync_group_tracking_weight\n", "global_tracking\n")) {
      assertThat(read(OBJECTS + group(word) + members(OWN)).instances().getFirst().tracked())
          .hasSize(8)
          .contains(tracked(Kind.INTERFACE, "eth7", 10, false));
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void whatAGroupTracksCountsForEveryMember() {
    String tracks =
        """
        track_interface {
            eth9 weight -20
        }
        track_script {
            chk weight 30
            hard weight 5
        }
        track_file {
            load
        }
        track_bfd {
            peer
        }
        """;
    ElectionConfig read =
        read(OBJECTS + group(tracks) + members("track_script {\n chk\n hard\n}\n"));
    assertThat(read.instances().getFirst().tracked())
        .as("the group's weight wins, unless the member says that failure is a fault")
        .containsExactly(
            tracked(Kind.SCRIPT, "hard", 0, false),
            tracked(Kind.INTERFACE, "eth9", -20, false),
            tracked(Kind.SCRIPT, "chk", 30, false),
            tracked(Kind.FILE, "load", 1, false),
            tracked(Kind.BFD, "peer", 60, false));
    assertThat(read.instances().getLast().tracked())
        .containsExactly(
            tracked(Kind.INTERFACE, "eth9", -20, false),
            tracked(Kind.SCRIPT, "chk", 30, false),
            tracked(Kind.SCRIPT, "hard", 5, false),
            tracked(Kind.FILE, "load", 1, false),
            tracked(Kind.BFD, "peer", 60, false));
    assertThat(problems).isEmpty();
  }

  @Test
  void membersAreWordsInAnyNumberOfLines() {
    assertThat(read(group("") + members("")).groups())
        .containsExactly(new SyncGroupConfig("G", List.of("VI_1", "VI_2")));
    assertThat(problems).isEmpty();
  }

  @Test
  void nobodyIsInTwoGroups() {
    read(group("") + "vrrp_sync_group H {\n group {\n VI_2\n VI_3\n }\n}\n" + members(""));
    assertThat(problems)
        .anyMatch(
            problem ->
                problem.equals(
                    "node.conf:9:2: error: VI_2 is in a sync group already, at node.conf:4:1"));
  }

  @Test
  void aGroupOfOneIsAWarning() {
    ElectionConfig read =
        read("vrrp_sync_group G {\n group {\n VI_1\n}\n}\n" + instance("VI_1", 1, ""));
    assertThat(read.groups()).hasSize(1);
    assertThat(problems)
        .containsExactly(
            "node.conf:1:1: warning: vrrp_sync_group G has one member only, which moves alone");
  }

  private static String group(String words) {
    return "vrrp_sync_group G {\n" + "group {\nVI_1\nVI_2\n}\n" + words + "}\n";
  }

  /** The first one with {@code words}. */
  private static String members(String words) {
    return instance("VI_1", 1, words) + instance("VI_2", 2, "");
  }

  private static String instance(String name, int vrid, String words) {
    return "vrrp_instance %s {\n interface eth0\n virtual_router_id %d\n%s}\n"
        .formatted(name, vrid, words);
  }

  private ElectionConfig read(String text) {
    Document document = ConfigReader.read("node.conf", new TextSource("node.conf", text));
    assertThat(document.diagnostics()).isEmpty();
    return ElectionConfigReader.read(
        document.root(), any -> true, problem -> problems.add(problem.toString()));
  }

  private static Tracked tracked(Kind kind, String name, int weight, boolean reverse) {
    return new Tracked(new TrackerRef(kind, name), weight, reverse);
  }
}
