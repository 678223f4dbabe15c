package io.keepstream.runtime.script;

import io.keepstream.runtime.script.ScriptResult.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs scripts, each in a session of its own, so that a script which outlives its time limit is
 * ended together with all it has started: SIGTERM to its process group, SIGKILL a little later.
 *
 * <p>Nothing here blocks the caller. Identity changes go through {@code setpriv}, sessions through
 * {@code setsid}, both of util-linux, because a JVM can neither fork nor change its own user.
 */
public final class ScriptRunner {
  /** For a script that may run for as long as it likes. */
  public static final Duration NO_LIMIT = Duration.ofDays(36_500);

  private static final int OUTPUT_LIMIT_BYTES = 4096;
  private static final Duration DRAIN = Duration.ofMillis(100);
  private static final List<String> DROPPED_VARIABLES =
      List.of("IFS", "LD_PRELOAD", "LD_LIBRARY_PATH");

  /** These are for the node itself, and some are secrets. */
  private static final String OWN_VARIABLES = "KEEPSTREAM_";

  /** A user's own group is not always called like the user. */
  private static final String SWITCH_USER =
      """
      user=$1 group=${2:-$(id -g -- "$1")} groups=$3
      shift 3
      exec setpriv --reuid "$user" --regid "$group" "$groups" -- "$@"
      """;

  private final Duration killAfter;

  /** Leaves two seconds between SIGTERM and SIGKILL. */
  public ScriptRunner() {
    this(Duration.ofSeconds(2));
  }

  /** Leaves {@code killAfter} between SIGTERM and SIGKILL. */
  public ScriptRunner(Duration killAfter) {
    this.killAfter = killAfter;
  }

  /** Starts {@code command}; the future never fails. */
  public CompletableFuture<ScriptResult> run(ScriptCommand command, Duration timeout) {
    return start(command, timeout).result();
  }

  /** Starts {@code command}, which can then be ended before its time is over. */
  public RunningScript start(ScriptCommand command, Duration timeout) {
    RunningScript script = new RunningScript();
    Thread.ofVirtual()
        .name("script " + command.arguments().getFirst())
        .start(() -> script.result().complete(runAndWait(script, command, timeout)));
    return script;
  }

  private ScriptResult runAndWait(RunningScript script, ScriptCommand command, Duration timeout) {
    long startedNanos = System.nanoTime();
    try {
      Process process = start(command);
      Output output = new Output(process.getInputStream());
      boolean inTime = awaitEnd(process, script, timeout);
      return new ScriptResult(
          inTime ? Outcome.EXITED : Outcome.TIMED_OUT,
          process.exitValue(),
          (System.nanoTime() - startedNanos) / 1000,
          output.text());
    } catch (IOException e) {
      return new ScriptResult(Outcome.NOT_STARTED, -1, 0, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ScriptResult(Outcome.NOT_STARTED, -1, 0, "interrupted");
    }
  }

  /** False when the time limit ended the script. */
  private boolean awaitEnd(Process process, RunningScript script, Duration timeout)
      throws IOException, InterruptedException {
    boolean inTime = true;
    try {
      CompletableFuture.anyOf(process.onExit(), script.endWish())
          .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      inTime = !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    if (process.isAlive()) {
      endGroup(process);
    }
    return inTime;
  }

  private static Process start(ScriptCommand command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(wrapped(command)).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    clean(builder.environment().keySet());
    return builder.start();
  }

  static void clean(Set<String> variables) {
    variables.removeIf(name -> DROPPED_VARIABLES.contains(name) || name.startsWith(OWN_VARIABLES));
  }

  static List<String> wrapped(ScriptCommand command) {
    List<String> line = new ArrayList<>(List.of("setsid"));
    String user = command.user();
    String group = command.group();
    if (user != null && (group != null || !user.equals(System.getProperty("user.name")))) {
      String groups = command.supplementaryGroups() ? "--init-groups" : "--clear-groups";
      line.addAll(List.of("sh", "-c", SWITCH_USER, "sh", user, group == null ? "" : group, groups));
    }
    line.addAll(command.arguments());
    return line;
  }

  private void endGroup(Process process) throws IOException, InterruptedException {
    signalGroup(process, "TERM");
    if (!process.waitFor(killAfter.toMillis(), TimeUnit.MILLISECONDS)) {
      signalGroup(process, "KILL");
      process.waitFor();
    } else {
      signalGroup(process, "KILL");
    }
  }

  private static void signalGroup(Process process, String signal)
      throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- -" + process.pid())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Keeps the first bytes of a stream and throws the rest away, until the stream ends. */
  private static final class Output {
    private final byte[] kept = new byte[OUTPUT_LIMIT_BYTES];
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int length;

    /** A read holds its thread, so it must not be a virtual one: those share few. */
    Output(InputStream stream) {
      Thread.ofPlatform().daemon().name("script output").start(() -> drain(stream));
    }

    private void drain(InputStream stream) {
      byte[] chunk = new byte[OUTPUT_LIMIT_BYTES];
      try (stream) {
        for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
          keep(chunk, n);
        }
      } catch (IOException e) {
        keep(new byte[0], 0);
      }
      ended.complete(null);
    }

    private synchronized void keep(byte[] chunk, int n) {
      int room = Math.min(n, kept.length - length);
      System.arraycopy(chunk, 0, kept, length, room);
      length += room;
    }

    /** What was printed; a grandchild that still holds the stream is not waited for. */
    String text() throws InterruptedException {
      try {
        ended.get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        // What has arrived so far is all the evidence there is.
      }
      synchronized (this) {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
      }
    }
  }
}
