package io.keepstream.health.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Received bytes as people can read them: only the beginning, and nothing a terminal obeys. */
final class Shown {
  private static final int HEX_BYTES = 32;
  private static final int TEXT_CHARACTERS = 200;
  private static final HexFormat HEX = HexFormat.of();

  private Shown() {}

  static String hex(byte[] bytes) {
    return bytes.length <= HEX_BYTES
        ? HEX.formatHex(bytes)
        : HEX.formatHex(Arrays.copyOf(bytes, HEX_BYTES)) + "...";
  }

  static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    String printable = text.replaceAll("\r?\n", " | ").replaceAll("[^ -~]", "?");
    return printable.length() <= TEXT_CHARACTERS
        ? printable
        : printable.substring(0, TEXT_CHARACTERS) + "...";
  }
}
