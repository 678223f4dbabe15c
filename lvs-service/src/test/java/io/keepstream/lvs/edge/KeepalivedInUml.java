package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.KeepalivedTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** keepalived and this service make the same table of the same configuration. */
class KeepalivedInUml {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @ParameterizedTest(name = "table {0}")
  @MethodSource("io.keepstream.lvs.config.KeepalivedTables#names")
  void bothMakeTheSameTable(String name) {
    Kernel.clear();
    Path config = KeepalivedTables.config(name);
    List<String> theirs = keepalived(config);
    try (Running lvs = new Running(new Pace(5_000, 5_000, 300))) {
      lvs.start(ConfigText.read(config).config(), new NetlinkIpvsTable(new ForeignLibc()));
      assertThat(Kernel.table()).isEqualTo(theirs).isNotEmpty();
      lvs.stop();
      assertThat(Kernel.table()).isEmpty();
    }
  }

  /** The table keepalived makes; it is gone again afterwards. */
  private static List<String> keepalived(Path config) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      String files = lab.directory().toString();
      LabProcess keepalived =
          lab.start(
              "keepalived",
              List.of(
                  "keepalived",
                  "-n",
                  "-l",
                  "-G",
                  "-C",
                  "-f",
                  config.toString(),
                  "-p",
                  files + "/main.pid",
                  "-c",
                  files + "/checkers.pid"));
      keepalived.awaitLine("Startup complete", LIMIT);
      List<String> table = Kernel.table();
      keepalived.stop();
      Await.until(LIMIT, "an empty table", () -> Kernel.table().isEmpty());
      return table;
    }
  }
}
