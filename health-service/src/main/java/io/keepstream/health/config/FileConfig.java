package io.keepstream.health.config;

/**
 * A tracked file.
 *
 * @param path where it is, whether it exists or not
 * @param init what to write into it at the start; null for nothing
 */
public record FileConfig(String path, Init init) {
  /**
   * The number a file begins with.
   *
   * @param overwrite whether also a file that exists
   */
  public record Init(int number, boolean overwrite) {}
}
