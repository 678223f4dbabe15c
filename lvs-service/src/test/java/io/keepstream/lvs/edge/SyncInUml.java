package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Two directors whose kernels tell each other of connections. */
class SyncInUml {
  private static final LvsConfig CONFIG =
      ConfigText.read(
              """
              global_defs {
                lvs_sync_daemon eth0 V id 7
              }
              virtual_server 10.20.0.100 80 {
                protocol TCP
                lvs_sched rr
                real_server 10.10.0.11 80 { }
              }
              """)
          .config();

  @Test
  @Proves("IP-005")
  void connectionsAreKnownToTheOtherDirector() throws IOException {
    try (DirectorLab lab = new DirectorLab();
        Running first = new Running(new Pace(300, 300, 300));
        Running second = new Running(new Pace(300, 300, 300))) {
      LabHost other = lab.director("other", 2);
      first.start(CONFIG, lab.table());
      second.start(CONFIG, DirectorLab.table(other, OptionalInt.empty()));
      assertThat(daemons(lab.director())).as("while VRRP has said nothing").isEmpty();
      first.instance("V", VrrpState.BACKUP, VrrpState.MASTER);
      second.instance("V", VrrpState.INIT, VrrpState.BACKUP);
      awaitDaemon(lab.director(), "master");
      awaitDaemon(other, "backup");
      try (WebSession connection = lab.connect()) {
        Await.until(
            Running.LIMIT,
            "the connection at the other director",
            () -> ask(connection) && connections(other).contains("10.20.0.50:"));
      }
      first.instance("V", VrrpState.MASTER, VrrpState.FAULT);
      awaitDaemon(lab.director(), "backup");
      lab.director().run("ipvsadm", "--stop-daemon", "backup").orThrow("ipvsadm");
      awaitDaemon(lab.director(), "backup");
      first.stop();
      assertThat(daemons(lab.director())).isEmpty();
    }
  }

  /** Only connections that have seen some packets are told of. */
  private static boolean ask(WebSession connection) {
    try {
      return connection.ask().equals("nat1");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String connections(LabHost director) {
    return director.run("ipvsadm", "-Lnc").text();
  }

  private static List<String> daemons(LabHost director) {
    return director.run("ipvsadm", "-L", "--daemon").text().lines().toList();
  }

  private static void awaitDaemon(LabHost director, String role) {
    Await.until(
        Running.LIMIT,
        "only a " + role + " daemon",
        () ->
            daemons(director).size() == 1
                && daemons(director)
                    .getFirst()
                    .startsWith(role + " sync daemon (mcast=eth0, syncid=7,"));
  }
}
