package io.keepstream.node;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This very program, to be started again. */
public final class Program {
  private Program() {}

  /** The words that start it with {@code arguments}: the same JVM, flags and jar. */
  public static List<String> command(String... arguments) {
    return commandIn(System.getProperty("java.io.tmpdir"), arguments);
  }

  /** As {@link #command}, with another folder for temporary files. */
  public static List<String> commandIn(String temporaryFolder, String... arguments) {
    Path jar = jar();
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path options = jar.resolveSibling("jvm.options");
    if (Files.exists(options)) {
      words.add("@" + options);
    }
    Path cache = jar.resolveSibling("keepstream.aot");
    if (Files.exists(cache)) {
      words.add("-XX:AOTCache=" + cache);
    }
    words.add("-Djava.library.path=" + jar.resolveSibling("native"));
    words.add("-Djava.io.tmpdir=" + temporaryFolder);
    words.addAll(List.of("-jar", jar.toString()));
    words.addAll(List.of(arguments));
    return words;
  }

  private static Path jar() {
    try {
      return Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where is this program?", e);
    }
  }
}
