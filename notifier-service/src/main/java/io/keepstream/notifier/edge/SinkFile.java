package io.keepstream.notifier.edge;

import io.keepstream.notifier.delivery.DeadLetter;
import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.journal.CursorSlots;
import io.keepstream.notifier.journal.CursorSlots.Saved;
import io.keepstream.notifier.journal.Records;
import io.keepstream.notifier.journal.Records.Parsed;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of one sink: how far it has got, and its dead letters. Nothing is forced to the
 * disk: it survives this process, and a machine that loses power loses some seconds of it, so that
 * some messages are sent again. Blocks; to be used by one thread.
 */
final class SinkFile {
  private static final Logger log = LoggerFactory.getLogger(SinkFile.class);
  private static final long LETTER_NUMBER = 0;

  private final String sink;
  private final Path cursorFile;
  private final Path letterFile;
  private long revision = -1;

  SinkFile(String sink, Path cursorFile) {
    this.sink = sink;
    this.cursorFile = cursorFile;
    letterFile = cursorFile.resolveSibling(cursorFile.getFileName() + ".dead");
  }

  void save(Cursor cursor) throws IOException {
    revision = revision < 0 ? nextRevision() : revision + 1;
    ByteBuffer slot = CursorSlots.encode(revision, new Saved(sink, cursor));
    try (FileChannel channel =
        FileChannel.open(cursorFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long offset = CursorSlots.offset(revision);
      while (slot.hasRemaining()) {
        channel.write(slot, offset + slot.position());
      }
    }
  }

  private long nextRevision() throws IOException {
    return Files.exists(cursorFile)
        ? CursorSlots.decode(Files.readAllBytes(cursorFile))
            .map(found -> found.revision() + 1)
            .orElse(0L)
        : 0;
  }

  /** Those that were kept. What is damaged is left out, a torn end cut off. */
  List<DeadLetter> letters() throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    if (!Files.exists(letterFile)) {
      return letters;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(letterFile));
    int length = take(bytes, letters);
    while (length > 0) {
      bytes.position(bytes.position() + length);
      length = take(bytes, letters);
    }
    if (bytes.hasRemaining()) {
      cut(bytes.position());
    }
    return letters;
  }

  /** How long the letter at the place of {@code bytes} is; 0 if there is none. */
  private int take(ByteBuffer bytes, List<DeadLetter> letters) {
    return switch (Records.parse(bytes, LETTER_NUMBER)) {
      case Parsed.Valid valid -> {
        read(valid.payload()).ifPresent(letters::add);
        yield valid.bytes();
      }
      case Parsed.Damaged(int length) -> {
        log.warn("a dead letter of {} is damaged", sink);
        yield length;
      }
      case Parsed.Incomplete _ -> 0;
    };
  }

  private Optional<DeadLetter> read(byte[] payload) {
    try {
      return Optional.of(ContractJson.mapper().readValue(payload, DeadLetter.class));
    } catch (IOException e) {
      log.warn("a dead letter of {} is none of this version: {}", sink, e.getMessage());
      return Optional.empty();
    }
  }

  /** Behind what is torn no letter that comes later would be found. */
  private void cut(long length) {
    try (FileChannel channel = FileChannel.open(letterFile, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    } catch (IOException e) {
      log.warn("dead letters of {} to come will not outlive a restart: {}", sink, e.toString());
    }
  }

  void append(DeadLetter letter) throws IOException {
    try (FileChannel channel =
        FileChannel.open(letterFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        write(channel.position(end), letter);
      } catch (IOException e) {
        channel.truncate(end); // half of it would hide the next
        throw e;
      }
    }
  }

  void rewrite(List<DeadLetter> letters) throws IOException {
    Path next = letterFile.resolveSibling(letterFile.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (DeadLetter letter : letters) {
        write(channel, letter);
      }
    }
    Files.move(next, letterFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(FileChannel channel, DeadLetter letter) throws IOException {
    ByteBuffer record = Records.encode(LETTER_NUMBER, ContractJson.bytes(letter));
    while (record.hasRemaining()) {
      channel.write(record);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(cursorFile);
    Files.deleteIfExists(letterFile);
  }
}
