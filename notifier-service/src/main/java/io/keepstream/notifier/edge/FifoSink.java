package io.keepstream.notifier.edge;

import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes lines to a FIFO. It is opened for reading too, as keepalived does, so that it needs no
 * reader; lines wait in the pipe for one, and when the pipe is full a thread waits for room. That
 * thread is a daemon and is woken by an interrupt, which closes the channel, so it holds nothing
 * up.
 */
final class FifoSink implements Sink<String> {
  private static final int FILE_TYPE_MASK = 0170000;
  private static final int FILE_TYPE_FIFO = 0010000;
  private static final long WAKE_MILLIS = 200;

  private final Fifo fifo;
  private final FifoReader reader;
  private final ExecutorService writer;
  private volatile FileChannel channel;
  private volatile boolean created;

  FifoSink(Fifo fifo, FifoReader reader) {
    this.fifo = fifo;
    this.reader = reader;
    String name = "fifo " + fifo.path();
    writer = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  @Override
  public void open(Consumer<Outcome> done) {
    writer.execute(() -> done.accept(outcomeOf(this::openOnWriter)));
  }

  @Override
  public void send(String line, Consumer<Outcome> done) {
    writer.execute(() -> done.accept(outcomeOf(() -> write(line))));
  }

  @Override
  public void close(Runnable done) {
    Thread.ofVirtual().name("closing fifo").start(() -> closeAndWait(done));
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static Outcome outcomeOf(Step step) {
    try {
      step.run();
      return Outcome.DONE;
    } catch (IOException e) {
      return new Outcome.Retry(e.getClass() == IOException.class ? e.getMessage() : e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Retry("interrupted");
    }
  }

  private void openOnWriter() throws IOException, InterruptedException {
    Path path = fifo.path();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      create(path);
    } else if (!isFifo(path)) {
      throw new IOException("exists and is not a FIFO");
    }
    channel =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    reader.start();
  }

  private void create(Path path) throws IOException, InterruptedException {
    run("mkfifo", "-m", "600", "--", path.toString());
    created = true;
    if (fifo.owner().isPresent()) {
      try {
        run("chown", "--", fifo.owner().get(), path.toString());
      } catch (IOException e) {
        Files.delete(path);
        created = false;
        throw e;
      }
    }
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void closeAndWait(Runnable done) {
    try {
      writer.shutdownNow();
      writer.awaitTermination(WAKE_MILLIS, TimeUnit.MILLISECONDS);
      if (channel != null) {
        channel.close();
      }
      reader.stop();
      if (created && isFifo(fifo.path())) {
        Files.delete(fifo.path());
      }
    } catch (IOException | InterruptedException e) {
      // Nothing more can be done about a FIFO that is being left.
    }
    done.run();
  }

  private static boolean isFifo(Path path) throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & FILE_TYPE_MASK) == FILE_TYPE_FIFO;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output.strip());
    }
  }
}
