package io.keepstream.health.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.tracker.ProcessPattern.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final ProcessPattern NGINX =
      new ProcessPattern("nginx", List.of(), Match.NONE, false);
  private static final ProcessPattern FULL =
      new ProcessPattern("/bin/nginx", List.of("-g"), Match.PARTIAL, false);

  private final ProcessTable table = new ProcessTable(Set.of(NGINX, FULL));

  @Test
  void aScanSaysWhatThereIs() {
    assertThat(table.needsCommands()).isTrue();
    assertThat(new ProcessTable(Set.of(NGINX)).needsCommands()).isFalse();
    assertThat(table.scanned(Map.of(1, nginx("-g"), 2, nginx(), 3, process("sh")))).isTrue();
    assertThat(counts()).isEqualTo("2 1");
    assertThat(table.scanned(Map.of(1, nginx("-g"), 2, nginx()))).isFalse();
    assertThat(table.scanned(Map.of(2, nginx()))).isTrue();
    assertThat(counts()).isEqualTo("1 0");
  }

  @Test
  void aForkIsACopyUntilItRunsSomethingElse() {
    table.executed(1, nginx("-g"));
    assertThat(table.forked(1, 2)).isTrue();
    assertThat(counts()).isEqualTo("2 2");
    assertThat(table.executed(2, process("sh"))).isTrue();
    assertThat(counts()).isEqualTo("1 1");
    assertThat(table.forked(2, 3)).isFalse();
    assertThat(table.ended(3)).isFalse();
    assertThat(table.ended(1)).isTrue();
    assertThat(counts()).isEqualTo("0 0");
  }

  @Test
  void anotherNameLeavesTheCommand() {
    table.executed(1, nginx("-g"));
    assertThat(table.renamed(1, "worker")).isTrue();
    assertThat(counts()).isEqualTo("0 1");
    assertThat(table.renamed(2, "nginx")).isTrue();
    assertThat(counts()).isEqualTo("1 1");
    assertThat(table.renamed(3, "sh")).isFalse();
  }

  /** Whatever happens, the table counts what a list of all processes would. */
  @Test
  void newsAndAListOfProcessesAgree() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<Integer, ProcessInfo> all = new HashMap<>();
      ProcessTable told = new ProcessTable(Set.of(NGINX, FULL));
      for (int i = 0; i < 60; i++) {
        happen(random, all, told);
        ProcessTable seen = new ProcessTable(Set.of(NGINX, FULL));
        seen.scanned(all);
        for (ProcessPattern pattern : List.of(NGINX, FULL)) {
          assertThat(told.count(pattern)).as("seed %d", seed).isEqualTo(seen.count(pattern));
        }
      }
    }
  }

  private static void happen(
      SplittableRandom random, Map<Integer, ProcessInfo> all, ProcessTable told) {
    int pid = random.nextInt(8);
    ProcessInfo process = random.nextBoolean() ? nginx("-g") : process("sh");
    switch (random.nextInt(4)) {
      case 0 -> {
        all.put(pid, process);
        told.executed(pid, process);
      }
      case 1 -> {
        int child = 8 + random.nextInt(8);
        if (all.containsKey(pid)) {
          all.put(child, all.get(pid));
          told.forked(pid, child);
        }
      }
      case 2 -> {
        if (all.containsKey(pid)) {
          all.put(pid, new ProcessInfo("nginx", all.get(pid).command()));
          told.renamed(pid, "nginx");
        }
      }
      default -> {
        all.remove(pid);
        told.ended(pid);
      }
    }
  }

  private String counts() {
    return table.count(NGINX) + " " + table.count(FULL);
  }

  private static ProcessInfo nginx(String... arguments) {
    return arguments.length == 0
        ? new ProcessInfo("nginx", List.of("/bin/nginx"))
        : new ProcessInfo("nginx", List.of("/bin/nginx", arguments[0]));
  }

  private static ProcessInfo process(String name) {
    return new ProcessInfo(name, List.of(name));
  }
}
