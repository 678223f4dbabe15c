package io.keepstream.election.simulation;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.ElectionConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Configuration files of nodes that share a virtual router, read by the code that reads them in
 * production: a wrong reading must fail here too. Equal priorities are as frequent as different
 * ones, because ties hide more mistakes.
 */
final class RandomConfig {
  /** A file whose number shifts the priority. */
  static final TrackerRef BIAS = new TrackerRef(TrackerRef.Kind.FILE, "bias");

  /** A script that a sync group tracks. */
  static final TrackerRef CHK = new TrackerRef(TrackerRef.Kind.SCRIPT, "chk");

  private static final int MAX_PRIORITY = 254;
  private static final String TRACKERS =
      """
      track_file bias {
          file /run/bias
      }
      vrrp_script chk {
          script /bin/true
      }
      """;
  private static final String TRACK_BIAS = "track_file {\n bias\n}\n";

  private final Random random;

  RandomConfig(Random random) {
    this.random = random;
  }

  /** Hosts with one virtual router. */
  List<ElectionConfig> alone() {
    return hosts(1);
  }

  /** Hosts with two virtual routers, on a LAN each, in a sync group. */
  List<ElectionConfig> grouped() {
    return hosts(2);
  }

  private List<ElectionConfig> hosts(int lans) {
    int hosts = 2 + random.nextInt(4);
    boolean version3 = random.nextBoolean();
    List<String> intervals =
        IntStream.range(0, lans)
            .mapToObj(lan -> version3 ? pick("0.1", "1", "0.25") : pick("1", "2"))
            .toList();
    boolean equal = random.nextBoolean();
    int common = 1 + random.nextInt(MAX_PRIORITY);
    String style = pick("some nopreempt", "delay", "preempt", "preempt");
    return IntStream.range(0, hosts)
        .mapToObj(
            host -> {
              int priority = equal ? common : 1 + random.nextInt(MAX_PRIORITY);
              StringBuilder text = new StringBuilder(TRACKERS);
              text.append(lans == 1 ? "" : group());
              for (int lan = 0; lan < lans; lan++) {
                text.append(instance(lan, version3, priority, intervals.get(lan), style));
                text.append(lans == 1 ? TRACK_BIAS + "}\n" : "}\n");
              }
              return read(text.toString());
            })
        .toList();
  }

  private String group() {
    return "vrrp_sync_group G {\n group {\n VI_1 VI_2\n}\n"
        + pick("", "sync_group_tracking_weight\n")
        + TRACK_BIAS
        + "track_script {\n chk weight %s\n}\n}\n".formatted(pick("0", "30", "-30"));
  }

  private String instance(int lan, boolean version3, int priority, String interval, String style) {
    return """
        vrrp_instance VI_%d {
            state %s
            interface eth%d
            virtual_router_id %d
            version %d
            priority %d
            advert_int %s
            %s
            %s
            virtual_ipaddress {
                10.0.%d.100
            }
        """
        .formatted(
            lan + 1,
            style.equals("preempt") ? pick("MASTER", "BACKUP") : "BACKUP",
            lan,
            51 + lan,
            version3 ? 3 : 2,
            priority,
            interval,
            preemption(style),
            random.nextInt(5) == 0 ? "higher_prio_send_advert" : "",
            lan);
  }

  private String preemption(String style) {
    return switch (style) {
      case "some nopreempt" -> pick("nopreempt", "");
      case "delay" -> "preempt_delay " + random.nextInt(5);
      default -> "";
    };
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  static ElectionConfig read(String text) {
    Document document = ConfigReader.read("node.conf", new TextSource("node.conf", text));
    List<Diagnostic> problems = new ArrayList<>(document.diagnostics());
    ElectionConfig config = ElectionConfigReader.read(document.root(), any -> true, problems::add);
    if (!problems.isEmpty()) {
      throw new AssertionError(problems + " in\n" + text);
    }
    return config;
  }
}
