package io.keepstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@KernelTest
class LeftoversTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void theLabOfADeadJvmIsSweptAndOthersStay() throws IOException {
    String orphan = "ks" + pidOfTheDead() + "-1-";
    Path files = Files.createDirectories(Leftovers.TEMPORARY.resolve(orphan + "files/deep"));
    Commands.must("ip", "netns", "add", orphan + "node1");
    List<String> sleeper = List.of("ip", "netns", "exec", orphan + "node1", "sleep", "600");
    try (NamespaceLab lab = NamespaceLab.create();
        LabProcess process = LabProcess.start("sleeper", sleeper)) {
      LabHost alive = lab.host("alive");
      Await.until(LIMIT, "it runs inside", () -> isInside(orphan + "node1", process));

      Leftovers.sweep();

      assertThat(process.awaitExit(LIMIT)).isNotZero();
      assertThat(Leftovers.NAMESPACES.resolve(orphan + "node1")).doesNotExist();
      assertThat(files.getParent()).doesNotExist();
      assertThat(alive.namespacePath()).exists();
      assertThat(lab.directory()).exists();
    }
  }

  private static long pidOfTheDead() {
    try (LabProcess process = LabProcess.start("true", List.of("true"))) {
      process.awaitExit(LIMIT);
      return process.pid();
    }
  }

  private static boolean isInside(String namespace, LabProcess process) {
    return Commands.run("ip", "netns", "pids", namespace)
        .text()
        .lines()
        .anyMatch(String.valueOf(process.pid())::equals);
  }
}
