package io.keepstream.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running program whose output, standard error included, is kept line by line. Closing kills it
 * together with its descendants.
 */
public final class LabProcess implements AutoCloseable {
  private static final Duration POLITE = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final int TAIL_LINES = 30;

  private final String title;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private LabProcess(String title, Process process) {
    this.title = title;
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("output of " + title).start(this::read);
  }

  /** Starts {@code command}; {@code title} names it in failure messages. */
  static LabProcess start(String title, List<String> command) {
    try {
      return new LabProcess(title, new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String title() {
    return title;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The lines written so far. */
  public List<String> lines() {
    return lines(0);
  }

  /** The lines written so far without the first {@code skip}. */
  public List<String> lines(int skip) {
    synchronized (lines) {
      return List.copyOf(lines.subList(skip, lines.size()));
    }
  }

  /** The output so far as one text. */
  public String text() {
    return String.join("\n", lines());
  }

  /** State and last lines, for a person who looks for the cause of a failure. */
  public String report() {
    List<String> all = lines();
    String state = isAlive() ? "running" : "ended with status " + process.exitValue();
    return "%s (%s), last of %d lines:%n%s"
        .formatted(
            title,
            state,
            all.size(),
            String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size())));
  }

  /** The first line, written already or yet to come, in which {@code regex} is found. */
  public String awaitLine(String regex, Duration limit) {
    return awaitLine(regex, 0, limit);
  }

  /** As {@link #awaitLine(String, Duration)}, passing over the first {@code skip} lines. */
  public String awaitLine(String regex, int skip, Duration limit) {
    Pattern pattern = Pattern.compile(regex);
    return Await.value(
        limit,
        () -> "a line with /" + regex + "/ from " + report(),
        () -> lines(skip).stream().filter(line -> pattern.matcher(line).find()).findFirst());
  }

  /** Waits for the end and returns the exit status. */
  public int awaitExit(Duration limit) {
    Await.value(
        limit,
        () -> "the end of " + report(),
        () -> process.isAlive() ? Optional.empty() : Optional.of(true));
    join(AT_ONCE);
    return process.exitValue();
  }

  /** Writes all of its standard input. */
  void feed(String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading all; its status tells whether that was right.
    }
  }

  /** Sends a signal by name ({@code HUP}, {@code USR1}) to the program itself. */
  public void signal(String name) {
    signal(name, process.toHandle());
  }

  /** Asks it to end (TERM), and kills it and its descendants if it has not within ten seconds. */
  public void stop() {
    signal("TERM");
    try {
      awaitExit(POLITE);
    } finally {
      kill();
    }
  }

  /** Freezes the program and its descendants. */
  public void pause() {
    tree().forEach(handle -> signal("STOP", handle));
  }

  /** Lets a frozen program go on. */
  public void resume() {
    tree().forEach(handle -> signal("CONT", handle));
  }

  /** Ends the program and its descendants at once: nothing is sent, nothing respawns. */
  public void kill() {
    if (isAlive()) {
      signal("STOP", process.toHandle());
      tree().toList().reversed().forEach(ProcessHandle::destroyForcibly);
    }
    awaitExit(AT_ONCE);
  }

  @Override
  public void close() {
    kill();
  }

  private Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static void signal(String name, ProcessHandle handle) {
    try {
      // A shell's own kill, because not every machine has the program.
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + handle.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      Consumer<String> add =
          line -> {
            synchronized (lines) {
              lines.add(line);
            }
          };
      in.lines().forEach(add);
    } catch (IOException | UncheckedIOException e) {
      // The pipe went away with the process.
    }
  }

  private void join(Duration limit) {
    try {
      // A grandchild that lives on may hold the pipe open.
      reader.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
