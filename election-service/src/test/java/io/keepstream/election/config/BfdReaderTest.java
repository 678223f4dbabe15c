package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.bfd.SessionConfig;
import io.keepstream.election.config.BfdConfig.Ends;
import io.keepstream.election.machine.Tracking.Tracked;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BfdReaderTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void whatIsNotSaidIsAsInKeepalivedExceptTheHopLimitOfIpv6() {
    assertThat(read("bfd_instance WAN {\n neighbor_ip fd00::2\n}").bfdSessions())
        .containsExactly(
            new BfdConfig(
                "WAN",
                new Ends(ip("fd00::2"), null, false),
                new SessionConfig(10_000, 10_000, 1_000_000, 5, false),
                255,
                255));
    assertThat(problems).isEmpty();
  }

  @Test
  void everyWordIsRead() {
    assertThat(
            read("""
                    bfd_instance WAN {
                        source_ip 10.0.0.1
                        neighbour_ip 10.0.9.2
                        min_rx 50.5
                        min_tx 20
                        idle_tx 2000
                        multiplier 3
                        passive
                        ttl 64
                        max_hops 4
                        multihop yes
                    }
                    """)
                .bfdSessions())
        .containsExactly(
            new BfdConfig(
                "WAN",
                new Ends(ip("10.0.9.2"), ip("10.0.0.1"), true),
                new SessionConfig(20_000, 50_500, 2_000_000, 3, true),
                64,
                60));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "255, 0", "0, 255", "3, 252"})
  void maxHopsSaysWhichPacketsAreBelieved(int maxHops, int leastHopLimit) {
    String text = "bfd_instance WAN {\n neighbor_ip 10.0.0.2\n max_hops %d\n}".formatted(maxHops);
    assertThat(read(text).bfdSessions().getFirst().leastHopLimit()).isEqualTo(leastHopLimit);
  }

  @Test
  void moreHopsThanTheLimitHasAreAll() {
    String text = "bfd_instance WAN {\n neighbor_ip 10.0.0.2\n hoplimit 10\n max_hops 30\n}";
    assertThat(read(text).bfdSessions().getFirst().leastHopLimit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "source_ip 10.0.0.1; test:1:1: error: bfd_instance WAN needs neighbor_ip",
        "neighbor_ip 10.0.0.2|source_ip fd00::1;"
            + " test:3:12: error: source_ip fd00::1 and neighbor_ip 10.0.0.2 are not of one family",
        "neighbor_ip 10.0.0.2|source_ip 10.0.0.2;"
            + " test:3:12: error: source_ip and neighbor_ip are the same",
        "neighbor_ip fe80::2;"
            + " test:2:14: error: the link-local neighbor_ip fe80::2 needs source_ip, whose"
            + " interface leads to it",
        "neighbor_ip 224.0.0.5; test:2:14: error: 224.0.0.5 is not the address of a neighbor",
        "neighbor_ip ::; test:2:14: error: :: is not the address of a neighbor"
      })
  void whatDoesNotMakeSenseIsToldWhereItStands(String lines, String problem) {
    String text = "bfd_instance WAN {\n " + lines.replace("|", "\n ") + "\n}";
    assertThat(read(text).bfdSessions()).isEmpty();
    assertThat(problems).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "min_tx 20000; test:3:2: warning: more than 10 seconds; min_tx is in milliseconds",
        "multihop;"
            + " test:3:2: warning: without max_hops only packets that passed no router are believed"
      })
  void whatHardlyMeansWhatItSaysIsWarnedOf(String line, String problem) {
    // The delimiter is part of the first message.
    String text = "bfd_instance WAN {\n neighbor_ip 10.0.0.2\n " + line + "\n}";
    assertThat(read(text).bfdSessions()).hasSize(1);
    assertThat(problems).singleElement().asString().startsWith(problem);
  }

  @Test
  void twoSessionsThatNoPacketCouldTellApartAreRefused() {
    read(
        """
        bfd_instance A {
         neighbor_ip 10.0.0.2
        }
        bfd_instance B {
         neighbor_ip 10.0.0.2
         source_ip 10.0.0.1
        }
        bfd_instance C {
         neighbor_ip 10.0.0.2
         multihop
         max_hops 3
        }
        bfd_instance A {
         neighbor_ip 10.0.0.3
        }
        """);
    assertThat(problems)
        .containsExactly(
            "test:5:14: error: bfd_instance A has the same neighbor_ip and source_ip",
            "test:13:1: error: the name A is already used at test:1:1");
  }

  @Test
  void instancesTrackSessionsWithTheWeightOfEither() {
    ElectionConfig read =
        read(
            """
            bfd_instance PLAIN {
             neighbor_ip 10.0.0.2
            }
            bfd_instance WEIGHTED {
             neighbor_ip 10.0.0.3
             weight -20 reverse
             vrrp
             checker
            }
            bfd_instance CHECKER {
             neighbor_ip 10.0.0.4
             checker
            }
            vrrp_instance VI_1 {
             interface eth0
             virtual_router_id 51
             virtual_ipaddress {
              10.0.0.100
             }
             track_bfd {
              PLAIN
              WEIGHTED
              PLAIN weight 30
              WEIGHTED weight 10 noreverse
              CHECKER
              NOBODY
             }
            }
            """);
    assertThat(read.instances().getFirst().tracked())
        .containsExactly(
            new Tracked(bfd("PLAIN"), 0, false),
            new Tracked(bfd("WEIGHTED"), -20, true),
            new Tracked(bfd("PLAIN"), 30, false),
            new Tracked(bfd("WEIGHTED"), 10, false));
    assertThat(problems)
        .containsExactly(
            "test:25:3: warning: bfd_instance \"CHECKER\" is for checkers only; it is not tracked",
            "test:26:3: warning: there is no bfd_instance \"NOBODY\"; it is not tracked");
  }

  private ElectionConfig read(String text) {
    Document document = ConfigReader.read("test", new TextSource("test", text));
    return ElectionConfigReader.read(
        document.root(), any -> true, problem -> problems.add(problem.toString()));
  }

  private static TrackerRef bfd(String name) {
    return new TrackerRef(TrackerRef.Kind.BFD, name);
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }
}
