package io.keepstream.election.edge;

import static io.keepstream.election.edge.EngineInLab.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long what somebody removes by hand is gone, by the times of {@code ip monitor}. */
@KernelTest
class RepairTimeTest {
  private static final Duration PROMISED = Duration.ofMillis(200);
  private static final int ROUNDS = 9;
  private static final Pattern STAMPED = Pattern.compile("^\\[([-\\dT:.]+)] *(.*)$");
  private static final String CONFIG =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          version 3
          priority 254
          advert_int 0.1
          virtual_ipaddress {
              192.0.2.100/24
              2001:db8::64/64
          }
          virtual_routes {
              10.4.0.0/24 via 192.0.2.2
          }
          virtual_rules {
              from 10.9.0.0/16 table 100 priority 77
          }
      }
      """;

  private NamespaceLab lab;
  private LabHost host;
  private EngineInLab engine;

  /** A line of the monitor's. */
  private record News(LocalDateTime at, String text) {}

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    host = lab.host("router").nic("eth0", lab.bridge("lan"), "192.0.2.1/24", "2001:db8::1/64");
    engine = lab.own(EngineInLab.in(host));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "address, addr del 192.0.2.100/24 dev eth0, inet 192.0.2.100/24",
    "address, addr del 2001:db8::64/64 dev eth0, inet6 2001:db8::64/64",
    "route, route del 10.4.0.0/24, 10.4.0.0/24 via",
    "rule, rule del priority 77, from 10.9.0.0/16 lookup 100"
  })
  @Proves({"VR-066", "FI-15"})
  void whatIsRemovedIsBackInTime(String kind, String removal, String text) {
    engine.configure(CONFIG).awaitState("VI_1", VrrpState.MASTER);
    LabProcess monitor = host.start("ip", "-ts", "monitor", kind);
    awaitRound(monitor, removal, text, 1);
    for (int round = 2; round <= ROUNDS; round++) {
      awaitRound(monitor, removal, text, round);
    }
    List<Duration> gone = gaps(news(monitor), text);
    assertThat(gone).hasSizeGreaterThanOrEqualTo(ROUNDS - 1);
    assertThat(gone.stream().sorted().toList().get(gone.size() / 2))
        .as("the median of %s", gone)
        .isLessThan(PROMISED);
    assertThat(engine.events(InstanceChanged.class))
        .extracting(InstanceChanged::to)
        .containsExactly(VrrpState.BACKUP, VrrpState.MASTER);
  }

  /** Removes it, and again if the monitor did not listen yet. */
  private void awaitRound(LabProcess monitor, String removal, String text, int round) {
    String[] command = ("ip " + removal).split(" ", -1);
    Await.until(
        LIMIT,
        "round " + round + " of " + removal + " in " + monitor.text(),
        () -> {
          List<News> news = news(monitor);
          if (count(news, text, RepairTimeTest::isRemoval) < round) {
            host.run(command);
            return false;
          }
          return news.getLast().text().contains(text) && !isRemoval(news.getLast());
        });
  }

  private static List<News> news(LabProcess monitor) {
    List<News> news = new ArrayList<>();
    for (String line : monitor.lines()) {
      Matcher stamped = STAMPED.matcher(line);
      if (stamped.matches() && !line.contains("table local") && !line.contains("local 1")) {
        news.add(new News(LocalDateTime.parse(stamped.group(1)), stamped.group(2)));
      }
    }
    return news;
  }

  private static boolean isRemoval(News news) {
    return news.text().startsWith("Deleted");
  }

  private static long count(List<News> news, String text, Predicate<News> which) {
    return news.stream().filter(each -> each.text().contains(text)).filter(which).count();
  }

  /** From each removal to the next time that it was set. */
  private static List<Duration> gaps(List<News> news, String text) {
    List<Duration> gaps = new ArrayList<>();
    LocalDateTime removed = null;
    for (News each : news.stream().filter(one -> one.text().contains(text)).toList()) {
      if (isRemoval(each)) {
        removed = each.at();
      } else if (removed != null) {
        gaps.add(Duration.between(removed, each.at()));
        removed = null;
      }
    }
    return gaps;
  }
}
