package io.keepstream.node.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keepstream.runtime.ContractJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;

/** One value as one line of JSON, of bounded length. */
final class Lines {
  private static final int CHUNK_BYTES = 8192;

  private Lines() {}

  static ByteBuffer of(Object value) throws IOException {
    String line = ContractJson.mapper().writeValueAsString(value) + "\n";
    return ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
  }

  static void write(ByteChannel channel, ByteBuffer line) throws IOException {
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  static <T> T read(ByteChannel channel, Class<T> type, int mostBytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(Math.min(CHUNK_BYTES, mostBytes));
    while (channel.read(chunk) >= 0) {
      line.write(chunk.array(), 0, chunk.position());
      boolean ended = chunk.position() > 0 && chunk.get(chunk.position() - 1) == '\n';
      chunk.clear();
      if (ended) {
        return parse(line.toString(StandardCharsets.UTF_8), type);
      }
      if (line.size() >= mostBytes) {
        throw new IOException("a line is longer than " + mostBytes + " bytes");
      }
    }
    throw new IOException("the other side closed without a word");
  }

  private static <T> T parse(String line, Class<T> type) throws IOException {
    try {
      return ContractJson.mapper().readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new IOException("not understood: " + e.getOriginalMessage(), e);
    }
  }
}
