package io.keepstream.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepstream.runtime.script.ScriptResult.Outcome;
import io.keepstream.testkit.Proves;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
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
    ScriptRunner patient = new ScriptRunner(Duration.ofSeconds(1));
    String asked = "trap 'echo asked >&3' TERM";
    try (Hanging stubborn = Hanging.of(patient, directory, asked, "while :; do :; done")) {
      assertThat(stubborn.said().readLine()).as("the time is over").isEqualTo("asked");
      while (!stubborn.script().result().isDone()) {
        stubborn.script().end();
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(stubborn.said().readLine()).as("end of file: the script is gone").isNull();
      ScriptResult result = stubborn.script().result().get();
      assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
      assertThat(result.exitStatus()).as("128 + SIGKILL").isEqualTo(137);
    }
  }

  @Test
  @Proves("FI-23")
  void oneThatHangsForksAndPrintsWithoutEndIsKilledWithAllItHasStarted(@TempDir Path directory)
      throws Exception {
    String wild = "(yes > /dev/null) & (sleep 600) & yes; yes";
    try (Hanging script = Hanging.of(runner, directory, "trap '' TERM", wild)) {
      assertThat(script.said().readLine()).as("end of file: nobody is left").isNull();
      ScriptResult result = script.script().result().get();
      assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
      assertThat(result.output()).startsWith("y\ny\n").hasSizeLessThan(5000);
    }
  }

  /**
   * A script that was ready before its time was over.
   *
   * @param said what it writes to its descriptor 3, until all that it has started are gone
   */
  private record Hanging(RunningScript script, BufferedReader said) implements AutoCloseable {
    /** On a busy machine a shell takes a while to begin, so it gets more and more time. */
    static Hanging of(ScriptRunner runner, Path directory, String preparation, String work)
        throws Exception {
      for (int limitMillis = 300; limitMillis < 30_000; limitMillis *= 2) {
        File fifo = directory.resolve("fifo-" + limitMillis).toFile();
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        String line = "exec 3> %s; %s; echo ready >&3; %s".formatted(fifo, preparation, work);
        // While it is open for both here, nobody waits for another to open it.
        try (var _ = new RandomAccessFile(fifo, "rw")) {
          var said = new BufferedReader(new FileReader(fifo, StandardCharsets.UTF_8));
          RunningScript script = runner.start(shell(line), Duration.ofMillis(limitMillis));
          while (!said.ready() && !script.result().isDone()) {
            LockSupport.parkNanos(1_000_000);
          }
          if (said.ready() && said.readLine().equals("ready")) {
            return new Hanging(script, said);
          }
          said.close();
        }
      }
      throw new AssertionError("no shell was ready in time");
    }

    @Override
    public void close() throws IOException {
      script.end();
      said.close();
    }
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
