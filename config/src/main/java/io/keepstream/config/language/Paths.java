package io.keepstream.config.language;

/** Paths as text: divided by slashes, relative ones below a directory. */
final class Paths {
  private Paths() {}

  /** The path of {@code name} seen from {@code directory}; the empty directory is the current. */
  static String resolve(String directory, String name) {
    if (name.startsWith("/") || directory.isEmpty()) {
      return name;
    }
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }

  /** The directory of a file, or the empty string. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, Math.max(slash, 0));
  }
}
