package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabProcess;
import io.keepstream.lab.UserModeLinux;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that start with another configuration and are killed while they change the table. */
class KilledInUml {
  private static final LvsConfig FIRST = DirectorLab.config("NAT", "", "10.10.0.11", "10.10.0.12");
  private static final String SECOND =
      """
      virtual_server 10.20.0.100 80 {
        protocol TCP
        lvs_sched wrr
        persistence_timeout 50
        real_server 10.10.0.12 80 {
          weight 3
        }
        real_server 10.10.0.13 80 { }
        real_server 10.10.0.14 80 {
          weight 0
        }
      }
      virtual_server 10.20.0.101 80 {
        protocol TCP
        lvs_sched rr
        real_server 10.10.0.12 80 { }
      }
      """;

  /** Change, change, add, add, remove; add, add. */
  private static final int CHANGES = 7;

  private static final int KILLED = 128 + 9;

  @TempDir private Path directory;
  private final DirectorLab lab = new DirectorLab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void atEveryStepTheNextOneFinishesTheChangeAndSessionsGoOn() throws IOException {
    Path file = Files.writeString(directory.resolve("second.conf"), SECOND);
    List<String> wanted;
    try (var _ = second()) {
      wanted = lab.lines();
    }
    for (int step = 0; step < CHANGES; step++) {
      DirectorLab.leave(FIRST, lab.table());
      try (WebSession old = lab.connectionTo("nat2")) {
        LabProcess victim =
            lab.director()
                .start(
                    UserModeLinux.java(Victim.class.getName(), "" + step, file.toString())
                        .toArray(String[]::new));
        assertThat(victim.awaitExit(Running.LIMIT)).as(victim.report()).isEqualTo(KILLED);
        assertThat(old.ask()).as("after %d changes", step).isEqualTo("nat2");
        try (var _ = second()) {
          assertThat(lab.lines())
              .as("what follows %d changes", step)
              .containsExactlyInAnyOrderElementsOf(wanted);
          assertThat(old.ask()).isEqualTo("nat2");
        }
      }
      assertThat(lab.lines()).isEmpty();
    }
  }

  private Running second() {
    return new Running(new Pace(60_000, 60_000, 300))
        .start(ConfigText.read(SECOND).config(), lab.table());
  }
}
