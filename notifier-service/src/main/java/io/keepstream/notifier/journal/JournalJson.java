package io.keepstream.notifier.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a start needs of a journal token by token: who elects waits for it, and a mapper of
 * whole records takes far longer to make. What it does not know it skips.
 */
public final class JournalJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JournalJson() {}

  /**
   * How far a source has been heard by {@code envelope}, an event as it is in the journal.
   *
   * @throws IOException if it is none
   */
  public static Heard heard(byte[] envelope) throws IOException {
    return read(envelope, JournalJson::heard);
  }

  /** The inverse of {@link SegmentHeader#json()}. */
  static SegmentHeader header(byte[] json) throws IOException {
    return read(json, JournalJson::header);
  }

  private interface Form<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static <T> T read(byte[] json, Form<T> form) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return form.read(parser);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  private static SegmentHeader header(JsonParser parser) throws IOException {
    Instant createdAt = null;
    List<Heard> heard = new ArrayList<>();
    while (nextField(parser)) {
      switch (parser.currentName()) {
        case "createdAt" -> createdAt = Instant.parse(parser.getText());
        case "heard" -> {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            heard.add(heard(parser));
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (createdAt == null) {
      throw new IOException("no time");
    }
    return new SegmentHeader(createdAt, heard);
  }

  private static Heard heard(JsonParser parser) throws IOException {
    Source source = null;
    long sequence = 0;
    while (nextField(parser)) {
      switch (parser.currentName()) {
        case "source" -> source = source(parser);
        case "sequence" -> sequence = parser.getLongValue();
        default -> parser.skipChildren();
      }
    }
    if (source == null) {
      throw new IOException("no source");
    }
    return new Heard(source, sequence);
  }

  private static Source source(JsonParser parser) throws IOException {
    String node = null;
    Service service = null;
    String bootId = null;
    while (nextField(parser)) {
      switch (parser.currentName()) {
        case "node" -> node = parser.getText();
        case "service" -> service = Service.ofLabel(parser.getText());
        case "bootId" -> bootId = parser.getText();
        default -> parser.skipChildren();
      }
    }
    return new Source(node, service, bootId);
  }

  /** Goes to the value of the next field, if there is one. */
  private static boolean nextField(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      return false;
    }
    parser.nextToken();
    return true;
  }
}
