package io.keepstream.node.run;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes keepalived's dump files when asked by a signal; never follows a link. */
public final class Dumps {
  private static final Logger LOG = LoggerFactory.getLogger("keepstream");
  private static final long LIMIT_SECONDS = 2;

  private final Function<Question, Future<String>> node;

  /** Dumps of what {@code node} answers. */
  public Dumps(Function<Question, Future<String>> node) {
    this.node = node;
  }

  /** Does what {@code signal} asks for; what goes wrong is logged. */
  public void write(KeepalivedSignal signal, DumpFiles files) {
    switch (signal) {
      case DATA -> write(Question.of(What.DATA), files.data());
      case STATS -> write(Question.of(What.STATS), files.stats());
      case STATS_CLEAR -> write(Question.of(What.STATS_CLEAR), files.stats());
      case JSON ->
          write(new Question(What.JSON, String.valueOf(files.jsonVersion())), files.json());
      case RELOAD, STOP -> throw new IllegalArgumentException("nothing to write: " + signal);
    }
  }

  private void write(Question question, Path file) {
    try {
      String text = node.apply(question).await(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!text.isEmpty()) {
        replace(file, text);
        LOG.info("Wrote {}", file);
      }
    } catch (IOException | TimeoutException | RuntimeException e) {
      LOG.warn("{} was not written: {}", file, e.toString());
    }
  }

  /** Written aside and renamed, so that readers see all of it, and links are replaced. */
  private static void replace(Path file, String text) throws IOException {
    Path aside =
        file.resolveSibling(".%s.%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
    Files.deleteIfExists(aside);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            aside,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
