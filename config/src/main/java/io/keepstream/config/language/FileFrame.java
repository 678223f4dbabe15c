package io.keepstream.config.language;

import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Position;
import io.keepstream.config.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The physical lines of a file, without comments. */
final class FileFrame implements Frame {
  /** keepalived drops the first so many bytes of a longer line and reads the rest by itself. */
  private static final int KEEPALIVED_LINE_BYTES = 1023;

  private final Reading reading;
  private final String path;
  private final Position includedAt;
  private final String canonical;
  private Set<IncludeCheck> checks;
  private String content;
  private int offset;
  private int lineNumber;

  FileFrame(Reading reading, String path, Position includedAt) {
    this.reading = reading;
    this.path = path;
    this.includedAt = includedAt;
    this.canonical = reading.source().canonical(path);
  }

  /** A line of a file after its clean-up. */
  record Line(Text text, boolean onlyComment) {}

  String path() {
    return path;
  }

  /** The place of the include line that asks for this file. */
  Position includedAt() {
    return includedAt;
  }

  String canonical() {
    return canonical;
  }

  /** Whether reading has begun; until then the frame waits for its turn. */
  boolean started() {
    return content != null;
  }

  /** Begins to read with the include checks in force at this moment. */
  void start(Set<IncludeCheck> inForce) {
    checks = inForce;
    try {
      String text = reading.source().read(path);
      content = reading.spend(text.length(), includedAt) ? text : "";
    } catch (IOException e) {
      content = "";
      String message = "cannot read '" + path + "': " + e.getMessage();
      reading.error(Kind.INCLUDE_CHECK, includedAt, message);
    }
  }

  Set<IncludeCheck> checks() {
    return checks;
  }

  void setChecks(Set<IncludeCheck> changed) {
    checks = changed;
  }

  /** The last line read so far, for what can only be said at the end of the file. */
  Position here() {
    return new Position(path, Math.max(lineNumber, 1), 1);
  }

  @Override
  public Optional<Text> next() {
    return nextLine().map(Line::text);
  }

  /** Like {@link #next}, for the lines of a definition. */
  Optional<Line> nextLine() {
    if (offset >= content.length()) {
      return Optional.empty();
    }
    int newline = content.indexOf('\n', offset);
    int end = newline < 0 ? content.length() : newline;
    String characters = content.substring(offset, end);
    offset = end + 1;
    lineNumber++;
    while (characters.endsWith("\r")) {
      characters = characters.substring(0, characters.length() - 1);
    }
    return Optional.of(clean(Text.ofLine(path, lineNumber, characters)));
  }

  private Line clean(Text raw) {
    int nul = raw.indexOf('\0', 0);
    if (nul >= 0) {
      reading.error(raw.position(nul), "the line is ignored: it holds a NUL byte");
      return new Line(raw.subSequence(0, 0), false);
    }
    if (raw.toString().getBytes(StandardCharsets.UTF_8).length > KEEPALIVED_LINE_BYTES) {
      reading.warning(
          raw.position(),
          "keepalived would tear this line apart: it is longer than "
              + KEEPALIVED_LINE_BYTES
              + " bytes");
    }
    Text code = Comments.strip(raw, reading);
    return new Line(code, code.length() == 0 && raw.trimmed().length() > 0);
  }
}
