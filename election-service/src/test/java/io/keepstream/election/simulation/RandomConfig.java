package io.keepstream.election.simulation;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.election.config.InstanceConfig;
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
  private static final int MAX_PRIORITY = 254;

  private final Random random;

  RandomConfig(Random random) {
    this.random = random;
  }

  List<InstanceConfig> instances() {
    int nodes = 2 + random.nextInt(4);
    boolean version3 = random.nextBoolean();
    String interval = version3 ? pick("0.1", "1", "0.25") : pick("1", "2");
    boolean equal = random.nextBoolean();
    int common = 1 + random.nextInt(MAX_PRIORITY);
    String style = pick("some nopreempt", "delay", "preempt", "preempt");
    return IntStream.range(0, nodes)
        .mapToObj(
            node ->
                read(
                    """
                    vrrp_instance VI_1 {
                        state %s
                        interface eth0
                        virtual_router_id 51
                        version %d
                        priority %d
                        advert_int %s
                        %s
                        %s
                        virtual_ipaddress {
                            10.0.0.100
                        }
                    }
                    """
                        .formatted(
                            style.equals("preempt") ? pick("MASTER", "BACKUP") : "BACKUP",
                            version3 ? 3 : 2,
                            equal ? common : 1 + random.nextInt(MAX_PRIORITY),
                            interval,
                            preemption(style),
                            random.nextInt(5) == 0 ? "higher_prio_send_advert" : "")))
        .toList();
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

  private static InstanceConfig read(String text) {
    Document document = ConfigReader.read("node.conf", new TextSource("node.conf", text));
    List<Diagnostic> problems = new ArrayList<>(document.diagnostics());
    List<InstanceConfig> instances =
        ElectionConfigReader.read(document.root(), any -> true, problems::add).instances();
    if (!problems.isEmpty()) {
      throw new AssertionError(problems + " in\n" + text);
    }
    return instances.getFirst();
  }
}
