package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Commands;
import io.keepstream.lab.NamespaceLab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * keepalived and this program, started with the same file, make the same table of the same servers
 * at every step: after the start, when a server fails, when it comes back, after a reload and at
 * the end. Each program of each pair has a kernel table of its own, and all take a step together.
 */
class ParityInUml {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final Pattern FIRST_SERVES =
      Pattern.compile("-r (10\\.2\\.0\\.1|\\[fd00::1\\]):.*-w [1-9]");

  private enum Step {
    STARTED,
    FAILED,
    RECOVERED,
    RELOADED,
    STOPPED
  }

  /** What both kernels have. */
  private record Tables(String theirs, String ours) {}

  private interface Action {
    void on(ParityPair pair) throws Exception;
  }

  private final NamespaceLab lab = NamespaceLab.create();
  private final Map<ParityPair, Map<Step, Tables>> seen = new LinkedHashMap<>();

  @AfterEach
  void close() {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> tables() throws Exception {
    for (ParitySample sample : ParitySample.all()) {
      seen.put(new ParityPair(lab, sample, seen.size()), new EnumMap<>(Step.class));
    }
    inNamespaces(seen.keySet(), "ipvsadm -A -t 10.99.0.9:80 -s rr");
    inNamespaces(seen.keySet(), "ipvsadm -a -t 10.99.0.9:80 -r 10.99.0.1 -m");
    take(Step.STARTED, ParityPair::start, ParityInUml::firstServes);
    take(
        Step.FAILED,
        pair -> pair.first(false),
        (pair, table) -> !FIRST_SERVES.matcher(table).find());
    take(Step.RECOVERED, pair -> pair.first(true), ParityInUml::firstServes);
    take(Step.RELOADED, ParityPair::reload, this::hasChanged);
    take(Step.STOPPED, ParityPair::stop, (pair, table) -> true);
    return seen.keySet().stream()
        .map(pair -> DynamicTest.dynamicTest(pair.sample().name(), () -> compare(pair)));
  }

  private static boolean firstServes(ParityPair pair, String table) {
    return !pair.sample().hasFirstServer() || FIRST_SERVES.matcher(table).find();
  }

  private boolean hasChanged(ParityPair pair, String table) {
    return !pair.sample().changes() || !table.equals(seen.get(pair).get(Step.RECOVERED).theirs());
  }

  private void compare(ParityPair pair) throws IOException {
    seen.get(pair)
        .forEach(
            (step, tables) -> assertThat(tables.ours()).as(step.name()).isEqualTo(tables.theirs()));
    assertThat(seen.get(pair).get(Step.STARTED).ours()).as("the start").isNotEmpty();
    List<List<String>> notices = pair.notices();
    if (!notices.isEmpty()) {
      assertThat(notices.getLast()).isEqualTo(notices.getFirst()).isNotEmpty();
    }
  }

  /**
   * Has all take a step, and looks until both tables of each pair are the same.
   *
   * @param taken whether keepalived's table shows that it has taken it
   */
  private void take(Step step, Action action, BiPredicate<ParityPair, String> taken)
      throws Exception {
    for (ParityPair pair : seen.keySet()) {
      action.on(pair);
    }
    List<ParityPair> open = new ArrayList<>(seen.keySet());
    long startNanos = System.nanoTime();
    while (!open.isEmpty() && System.nanoTime() - startNanos < LIMIT_NANOS) {
      Map<String, String> texts = inNamespaces(open, "ipvsadm -Sn");
      open.removeIf(
          pair -> {
            Tables tables = new Tables(texts.get(pair.theirs()), texts.get(pair.ours()));
            seen.get(pair).put(step, tables);
            return tables.ours().equals(tables.theirs()) && taken.test(pair, tables.theirs());
          });
    }
    System.out.printf(
        "%s after %d s, different still: %s%n",
        step,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos),
        open.stream().map(pair -> pair.sample().name()).toList());
  }

  /** What {@code command} says in the namespaces of each pair, in the order of the alphabet. */
  private static Map<String, String> inNamespaces(Collection<ParityPair> pairs, String command) {
    Map<String, String> texts = new HashMap<>();
    for (ParityPair pair : pairs) {
      List<String> all = new ArrayList<>(List.of(command));
      if (pair.sample().hasSettings()) {
        all.addAll(
            List.of("ipvsadm -l --timeout", "ipvsadm -l --daemon", "ipvsadm -l --thresholds -n"));
      }
      StringBuilder script = new StringBuilder();
      for (String namespace : List.of(pair.theirs(), pair.ours())) {
        all.forEach(
            each -> script.append("nsenter --net=/run/netns/" + namespace + " " + each + "\n"));
        script.append("echo ===\n");
      }
      String[] parts =
          Commands.run("sh", "-c", script.toString()).orThrow(command).text().split("===", -1);
      texts.put(pair.theirs(), sorted(parts[0]));
      texts.put(pair.ours(), sorted(parts[1]));
    }
    return texts;
  }

  private static String sorted(String lines) {
    return lines.lines().filter(line -> !line.isEmpty()).sorted().collect(Collectors.joining("\n"));
  }
}
