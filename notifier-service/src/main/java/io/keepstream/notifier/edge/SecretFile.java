package io.keepstream.notifier.edge;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Files that hold one secret each. */
final class SecretFile {
  private static final long LARGEST_BYTES = 4096;

  private SecretFile() {}

  /**
   * The secret in {@code file}, as it is now; blocks. Only of a small regular file: another may
   * hold the reader for good, or never end.
   *
   * @param word the word of the configuration that names the file
   * @throws IOException naming the file when there is no secret to be had, never the secret
   */
  static String read(String word, Path file) throws IOException {
    String origin = word + " " + file;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || attributes.size() > LARGEST_BYTES) {
        throw new IOException(origin + " is not a small regular file");
      }
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new IOException(origin + " holds no secret");
      }
      return secret;
    } catch (NoSuchFileException e) {
      throw new IOException(origin + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(origin + " may not be read", e);
    }
  }
}
