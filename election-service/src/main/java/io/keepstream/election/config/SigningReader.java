package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Numbers;
import io.keepstream.election.vrrp.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads an {@code auth_hmac} block. A key is written as text, as {@code hex:} and digits, or as
 * {@code file:} and the path of a file that holds its bytes; a line feed that ends the file is not
 * part of the key.
 */
final class SigningReader {
  private static final String HEX = "hex:";
  private static final String FILE = "file:";
  private static final int MIN_KEY_BYTES = 32;
  private static final int MAX_KEY_BYTES = 64;
  private static final int CENTIS_PER_SECOND = 100;
  private static final int MIN_WINDOW_SECONDS = 5;
  private static final int MAX_WINDOW_SECONDS = 300;
  private static final int WINDOW_INTERVALS = 3;

  private final Section block;
  private final int intervalCentis;
  private final Consumer<Diagnostic> problems;
  private final Map<Integer, Signing.Key> keys = new LinkedHashMap<>();

  SigningReader(Section block, int intervalCentis, Consumer<Diagnostic> problems) {
    this.block = block;
    this.intervalCentis = intervalCentis;
    this.problems = problems;
  }

  /** What the block says; with errors when it cannot be used. */
  Signing read() {
    block.all("key").forEach(this::readKey);
    int activeKey = block.integer("active_key").orElse(0);
    if (!keys.containsKey(activeKey)) {
      Position position = block.last("active_key").map(this::valueAt).orElse(block.position());
      error(
          position,
          activeKey == 0 ? "auth_hmac needs an active_key" : "there is no key " + activeKey);
    }
    return new Signing(
        keys.values().stream().toList(),
        activeKey,
        block.text("mode").map(SigningReader::mode).orElse(Signing.Mode.ENFORCE),
        windowSeconds());
  }

  private int windowSeconds() {
    if (block.text("anti_replay").filter("monotonic"::equals).isPresent()) {
      block
          .last("time_window")
          .ifPresent(
              line ->
                  problems.accept(
                      Diagnostic.warning(
                          line.position(),
                          "time_window has no effect with anti_replay monotonic")));
      return 0;
    }
    int intervals = Math.ceilDiv(WINDOW_INTERVALS * intervalCentis, CENTIS_PER_SECOND);
    return block
        .integer("time_window")
        .orElse(Math.clamp(intervals, MIN_WINDOW_SECONDS, MAX_WINDOW_SECONDS));
  }

  private static Signing.Mode mode(String word) {
    return switch (word) {
      case "receive-only" -> Signing.Mode.RECEIVE_ONLY;
      case "permissive" -> Signing.Mode.PERMISSIVE;
      default -> Signing.Mode.ENFORCE;
    };
  }

  private void readKey(Statement line) {
    int id = (int) Numbers.integer(line.argument(0)).orElse(0);
    if (keys.containsKey(id)) {
      error(line.position(), "key %d is given twice".formatted(id));
      return;
    }
    Position position =
        line.arguments().isEmpty() ? line.position() : line.arguments().getLast().position();
    byte[] secret = secret(line.argument(1), position);
    if (secret != null && (secret.length < MIN_KEY_BYTES || secret.length > MAX_KEY_BYTES)) {
      error(
          position,
          "key %d has %d bytes, expected %d to %d"
              .formatted(id, secret.length, MIN_KEY_BYTES, MAX_KEY_BYTES));
    }
    keys.put(id, new Signing.Key(id, secret == null ? new byte[MIN_KEY_BYTES] : secret));
  }

  /** Null, with an error, when it cannot be had. */
  private byte[] secret(String text, Position position) {
    if (text.startsWith(FILE)) {
      return file(text.substring(FILE.length()), position);
    }
    if (!text.startsWith(HEX)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(text.substring(HEX.length()));
    } catch (IllegalArgumentException e) {
      error(position, "expected pairs of hexadecimal digits behind hex:");
      return null;
    }
  }

  private byte[] file(String path, Position position) {
    try {
      Path file = Path.of(path);
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      boolean open = permissions.stream().anyMatch(each -> !each.name().startsWith("OWNER_"));
      if (open) {
        problems.accept(
            Diagnostic.error(
                Diagnostic.Kind.SECURITY,
                position,
                "key file %s is open to group or others; chmod 600 it".formatted(path)));
      }
      byte[] bytes = Files.readAllBytes(file);
      boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
      return ended ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    } catch (NoSuchFileException e) {
      error(position, "there is no key file " + path);
    } catch (IOException | InvalidPathException e) {
      error(position, "cannot read key file %s: %s".formatted(path, e.getMessage()));
    }
    return null;
  }

  private Position valueAt(Statement line) {
    return line.arguments().isEmpty() ? line.position() : line.arguments().getFirst().position();
  }

  private void error(Position position, String message) {
    problems.accept(Diagnostic.error(position, message));
  }
}
