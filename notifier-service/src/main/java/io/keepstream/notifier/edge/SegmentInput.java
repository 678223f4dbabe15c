package io.keepstream.notifier.edge;

import io.keepstream.notifier.journal.SegmentScan;
import io.keepstream.notifier.journal.SegmentScan.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads one segment, which may still be growing. */
final class SegmentInput implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final FileChannel channel;
  private SegmentScan scan;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  SegmentInput(Path file, long first) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    scan = new SegmentScan(first);
  }

  SegmentScan scan() {
    return scan;
  }

  /** The next record; {@link Step.Needs} at the end of the file. */
  Step next() throws IOException {
    while (true) {
      Step step = scan.next(buffer);
      if (!(step instanceof Step.Needs(int bytes)) || !fill(bytes)) {
        return step;
      }
    }
  }

  /** Goes back behind the last record that was whole, since what follows may be in the making. */
  void back() {
    scan = scan.back();
    buffer.limit(0);
  }

  /** Whether at least {@code bytes} from the place of the scan on are in the buffer now. */
  private boolean fill(int bytes) throws IOException {
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes).put(buffer);
    } else {
      buffer.compact();
    }
    while (buffer.hasRemaining() && channel.read(buffer, scan.offset() + buffer.position()) > 0) {
      // Until the buffer is full, or the file is at its end.
    }
    buffer.flip();
    return buffer.remaining() >= bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
