package io.keepstream.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepstream.runtime.script.ScriptResult.Outcome;
import io.keepstream.testkit.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptRunnerTest {
  private final ScriptRunner runner = new ScriptRunner(Duration.ofMillis(200));

  @Test
  void aWishToEndDoesNotInterruptTheEndingByTheTimeLimit(@TempDir Path directory) throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(run("mkfifo " + fifo).exitStatus()).isZero();
    ScriptCommand stubborn = shell("trap '' TERM; exec 3> " + fifo + "; while :; do sleep 1; done");
    RunningScript script = runner.start(stubborn, Duration.ofMillis(300));
    try (var held = Files.newInputStream(fifo)) {
      while (!script.result().isDone()) {
        script.end();
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(held.read()).as("end of file: the script is gone").isEqualTo(-1);
    }
    assertThat(script.result().get().exitStatus()).as("128 + SIGKILL").isEqualTo(137);
  }

  @Test
  @Proves("FI-23")
  void oneThatHangsForksAndPrintsWithoutEndIsKilledWithAllItHasStarted(@TempDir Path directory)
      throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(run("mkfifo " + fifo).exitStatus()).isZero();
    String wild = "trap '' TERM; exec 3> " + fifo + "; (yes > /dev/null) & (sleep 600) & yes; yes";
    RunningScript script = runner.start(shell(wild), Duration.ofMillis(300));
    try (var held = Files.newInputStream(fifo)) {
      assertThat(held.read()).as("end of file: nobody is left").isEqualTo(-1);
    }
    assertThat(script.result().get().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(script.result().get().output()).startsWith("y\ny\n").hasSizeLessThan(5000);
  }

  @Test
  void whatIsTheNodesOwnIsNotHandedOn() {
    Set<String> variables = new HashSet<>(Set.of("PATH", "IFS", "KEEPSTREAM_PASS", "KEEPSTREAM_X"));
    ScriptRunner.clean(variables);
    assertThat(variables).containsExactly("PATH");
  }

  @Test
  void aScriptThatHangsIsTimedOut() throws Exception {
    ScriptResult result = runner.run(shell("sleep 600"), Duration.ofMillis(100)).get();
    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void moreHangingScriptsThanProcessorsAreAllTimedOut() throws Exception {
    List<RunningScript> scripts =
        IntStream.rangeClosed(0, 4 * Runtime.getRuntime().availableProcessors())
            .mapToObj(i -> runner.start(shell("sleep 600"), Duration.ofMillis(300)))
            .toList();
    for (RunningScript script : scripts) {
      assertThat(script.result().get(15, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }
  }

  @Test
  void whoeverStaysBehindWithTheOutputIsNotWaitedFor() throws Exception {
    ScriptResult result = run("echo begun; sleep 20 & echo $!");
    List<String> printed = result.output().lines().toList();
    assertThat(result.succeeded()).isTrue();
    assertThat(result.durationMicros()).isLessThan(TimeUnit.SECONDS.toMicros(10));
    assertThat(printed).hasSize(2).startsWith("begun");
    ProcessHandle.of(Long.parseLong(printed.getLast())).ifPresent(ProcessHandle::destroy);
  }

  @Test
  @Tag("kernel")
  void theUserGetsItsOwnGroupAndNoOther() throws Exception {
    assumeTrue(run("id -u").output().strip().equals("0"), "needs root to run as somebody else");
    assertThat(as("nobody", null).output()).isEqualToIgnoringNewLines("65534 65534 65534");
    assertThat(as("nobody", "daemon").output()).isEqualToIgnoringNewLines("65534 1 1");
    assertThat(as("root", "daemon").output()).isEqualToIgnoringNewLines("0 1 1");
  }

  @Test
  @Tag("kernel")
  void anUnknownUserRunsNothing() throws Exception {
    ScriptResult result = as("no-such-user", null);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.output()).contains("no-such-user");
  }

  private ScriptResult as(String user, String group) throws Exception {
    List<String> identity = List.of("sh", "-c", "echo $(id -u) $(id -g) $(id -G)");
    return runner
        .run(new ScriptCommand(identity, user, group), Duration.ofSeconds(10))
        .get(15, TimeUnit.SECONDS);
  }

  private ScriptResult run(String line) throws Exception {
    return runner.run(shell(line), Duration.ofSeconds(10)).get(15, TimeUnit.SECONDS);
  }

  private static ScriptCommand shell(String line) {
    return new ScriptCommand(List.of("sh", "-c", line), null, null);
  }
}
