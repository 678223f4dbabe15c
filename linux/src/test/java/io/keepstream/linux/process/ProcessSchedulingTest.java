package io.keepstream.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@KernelTest
class ProcessSchedulingTest {
  private final Libc libc = new ForeignLibc();

  @AfterEach
  void asUsual() throws IOException {
    assertThat(ProcessScheduling.USUAL.apply(libc, new ProcessScheduling(1, true), "")).isEmpty();
    assertThat(policies()).containsEntry("VM Thread", "0 0");
    assertThat(lockedKilobytes()).isEqualTo("0");
  }

  @Test
  void theForemostThreadComesBeforeTheOthersOfTheProcess() throws Exception {
    CountDownLatch named = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread foremost =
        Thread.ofPlatform()
            .name("foremost")
            .start(
                () -> {
                  named.countDown();
                  await(over);
                });
    try {
      named.await();
      assertThat(new ProcessScheduling(20, false).apply(libc, ProcessScheduling.USUAL, "foremost"))
          .isEmpty();
      assertThat(policies()).containsEntry("foremost", "20 2").containsEntry("VM Thread", "19 2");
    } finally {
      over.countDown();
      foremost.join();
    }
  }

  @Test
  void whatTheServiceManagerHasSetStays() throws IOException {
    new ProcessScheduling(2, true).apply(libc, ProcessScheduling.USUAL, "");
    assertThat(ProcessScheduling.USUAL.apply(libc, ProcessScheduling.USUAL, "")).isEmpty();
    assertThat(policies()).containsEntry("VM Thread", "1 2");
    assertThat(lockedKilobytes()).isNotEqualTo("0");
  }

  @Test
  void childrenAreAsUsual() throws Exception {
    new ProcessScheduling(1, false).apply(libc, ProcessScheduling.USUAL, "");
    Process child = new ProcessBuilder("cat", "/proc/self/stat").start();
    assertThat(policy(new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)))
        .isEqualTo("0 0");
  }

  @Test
  void memoryIsLocked() throws IOException {
    assertThat(new ProcessScheduling(0, true).apply(libc, ProcessScheduling.USUAL, "")).isEmpty();
    assertThat(lockedKilobytes()).isNotEqualTo("0");
  }

  @Test
  void whatServesTwoIsTheHigherOfBoth() {
    assertThat(new ProcessScheduling(3, false).with(new ProcessScheduling(2, true)))
        .isEqualTo(new ProcessScheduling(3, true));
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Priority and policy of each thread of this process, by name. */
  private static Map<String, String> policies() throws IOException {
    Map<String, String> policies = new HashMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        try {
          policies.put(
              Files.readString(thread.resolve("comm")).strip(),
              policy(Files.readString(thread.resolve("stat"))));
        } catch (IOException ended) {
          assertThat(thread).doesNotExist();
        }
      }
    }
    return policies;
  }

  /** The 40th and 41st field, counted after the name, which may have blanks. */
  private static String policy(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return fields.get(37) + " " + fields.get(38);
  }

  private static String lockedKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmLck:"))
        .map(line -> line.replaceAll("\\D", ""))
        .findFirst()
        .orElseThrow();
  }
}
