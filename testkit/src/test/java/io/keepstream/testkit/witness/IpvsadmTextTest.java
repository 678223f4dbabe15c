package io.keepstream.testkit.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.witness.Ipvsadm.Counters;
import io.keepstream.testkit.witness.Ipvsadm.Server;
import io.keepstream.testkit.witness.Ipvsadm.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpvsadmTextTest {
  @Test
  void readsASavedTable() {
    String saved =
        """
        -A -t 192.168.10.100:80 -s wlc -p 300
        -a -t 192.168.10.100:80 -r 10.0.0.11:80 -m -w 1
        -a -t 192.168.10.100:80 -r 10.0.0.12:8080 -g -w 0 -x 10 -y 5
        -A -u [fd00::100]:53 -s rr
        -A -f 7 -s sh -b sh-port
        """;

    assertThat(IpvsadmText.table(saved))
        .containsExactly(
            new Service(
                "TCP",
                "192.168.10.100:80",
                "wlc",
                List.of("-p", "300"),
                List.of(
                    new Server("10.0.0.11:80", "-m", 1, List.of()),
                    new Server("10.0.0.12:8080", "-g", 0, List.of("-x", "10", "-y", "5")))),
            new Service("UDP", "[fd00::100]:53", "rr", List.of(), List.of()),
            new Service("FWM", "7", "sh", List.of("-b", "sh-port"), List.of()));
  }

  @Test
  void readsCounters() {
    String listing =
        """
        IP Virtual Server version 1.2.1 (size=4096)
        Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
          -> RemoteAddress:Port
        TCP  192.168.10.100:80                   3       18       12     1203      999
          -> 10.0.0.11:80                        2       12        8      802      666
        """;

    assertThat(IpvsadmText.counters(listing))
        .containsEntry("TCP 192.168.10.100:80", new Counters(3, 18, 12, 1203, 999))
        .containsEntry("TCP 192.168.10.100:80 -> 10.0.0.11:80", new Counters(2, 12, 8, 802, 666))
        .hasSize(2);
  }
}
