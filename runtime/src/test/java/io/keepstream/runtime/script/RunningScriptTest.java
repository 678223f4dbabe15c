package io.keepstream.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.runtime.script.ScriptResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningScriptTest {
  private final ScriptRunner runner = new ScriptRunner(Duration.ofMillis(200));

  @Test
  void isEndedWithAllItStarted(@TempDir Path directory) throws Exception {
    Path fifo = directory.resolve("fifo");
    run("mkfifo " + fifo).result().get(5, TimeUnit.SECONDS);
    RunningScript script = run("trap '' TERM; sleep 600 > " + fifo + " & wait; sleep 600");
    try (var held = Files.newInputStream(fifo)) {
      script.end();
      assertThat(held.read()).as("end of file: the child that held the FIFO is gone").isEqualTo(-1);
    }
    ScriptResult result = script.result().get(5, TimeUnit.SECONDS);
    assertThat(result.outcome()).isEqualTo(Outcome.EXITED);
    assertThat(result.exitStatus()).as("128 + SIGKILL").isEqualTo(137);
  }

  @Test
  void endingTwiceOrLateDoesNothing() throws Exception {
    RunningScript script = run("exit 3");
    ScriptResult result = script.result().get(5, TimeUnit.SECONDS);
    script.end();
    script.end();
    assertThat(result.exitStatus()).isEqualTo(3);
  }

  private RunningScript run(String line) {
    ScriptCommand command = new ScriptCommand(List.of("sh", "-c", line), null, null);
    return runner.start(command, Duration.ofMinutes(1));
  }
}
