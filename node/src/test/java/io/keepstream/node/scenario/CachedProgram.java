package io.keepstream.node.scenario;

import io.keepstream.lab.Commands;
import io.keepstream.node.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Our program from this test's class path, with a cache of what it loads, made when classes have
 * changed: hundreds of nodes are started, and this way each takes a third less, in User Mode Linux
 * much less. The JVM wants jars for that.
 */
final class CachedProgram {
  private static final Path FOLDER = Path.of("target", "scenario").toAbsolutePath();
  private static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();
  private static final List<String> WORDS = words();

  private CachedProgram() {}

  /** The words that start it, up to its own. */
  static List<String> command() {
    return WORDS;
  }

  private static List<String> words() {
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel one = open(FOLDER.resolve("lock"));
          var _ = one.lock()) {
        return made();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static List<String> made() throws IOException {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .map(Path::of)
            .filter(each -> !each.equals(TEST_CLASSES))
            .toList();
    Path folder = FOLDER.resolve(Long.toHexString(print(classPath)));
    List<String> jars = new ArrayList<>();
    for (Path each : classPath) {
      jars.add(Files.isDirectory(each) ? jar(each, folder, jars.size()) : each.toString());
    }
    Path cache = folder.resolve("cache.aot");
    if (Files.notExists(cache)) {
      List<String> train = new ArrayList<>(List.of("src/main/packaging/alone"));
      train.addAll(java("-XX:AOTCacheOutput=" + cache, jars));
      train.add("train");
      Commands.run(train.toArray(String[]::new)).orThrow("train");
    }
    return java("-XX:AOTCache=" + cache, jars);
  }

  private static List<String> java(String cache, List<String> jars) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        cache,
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
        "-cp",
        String.join(":", jars),
        Main.class.getName());
  }

  /** What changes when any file of the class path does. */
  private static long print(List<Path> classPath) throws IOException {
    CRC32 print = new CRC32();
    for (Path each : classPath) {
      for (Path file : files(each)) {
        String line =
            "%s %d %s\n".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
        print.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return print.getValue();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String jar(Path classes, Path folder, int number) throws IOException {
    Path jar = Files.createDirectories(folder).resolve(number + ".jar");
    if (Files.notExists(jar)) {
      try (OutputStream out = Files.newOutputStream(jar);
          ZipOutputStream entries = new ZipOutputStream(out)) {
        for (Path file : files(classes)) {
          entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
          Files.copy(file, entries);
          entries.closeEntry();
        }
      }
    }
    return jar.toString();
  }
}
