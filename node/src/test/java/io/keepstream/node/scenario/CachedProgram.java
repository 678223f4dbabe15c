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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Our program from this test's class path, with a cache of what it loads, made anew when classes
 * have changed: hundreds of nodes are started, and this way each takes a third less of a processor.
 * The JVM wants jars for that.
 */
final class CachedProgram {
  private static final Path FOLDER = Path.of("target", "scenario").toAbsolutePath();
  private static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();
  private static final Duration TRAINING = Duration.ofMinutes(3);
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
        Pattern.compile(":")
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(each -> !each.isEmpty())
            .map(Path::of)
            .filter(each -> Files.exists(each) && !each.equals(TEST_CLASSES))
            .toList();
    Path folder = FOLDER.resolve(Long.toHexString(print(classPath)));
    Path cache = folder.resolve("cache.aot");
    boolean made = Files.exists(cache);
    if (!made) {
      forgetOthers();
      Files.createDirectories(folder);
    }
    List<String> jars = new ArrayList<>();
    for (Path each : classPath) {
      Path jar = Files.isDirectory(each) ? folder.resolve(jars.size() + ".jar") : each;
      if (!made && !jar.equals(each)) {
        write(each, jar);
      }
      jars.add(jar.toString());
    }
    if (!made) {
      train(jars, cache);
    }
    return java("-XX:AOTCache=" + cache, jars);
  }

  /** The cache is there when all of it is. */
  private static void train(List<String> jars, Path cache) throws IOException {
    Path part = cache.resolveSibling("part.aot");
    List<String> command = new ArrayList<>(List.of("src/main/packaging/alone"));
    command.addAll(java("-XX:AOTCacheOutput=" + part, jars));
    command.add("train");
    Commands.run(TRAINING, command.toArray(String[]::new)).orThrow("train");
    Files.move(part, cache, StandardCopyOption.ATOMIC_MOVE);
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

  /** What changes when the JVM or any file of the class path does. */
  private static long print(List<Path> classPath) throws IOException {
    CRC32 print = new CRC32();
    print.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
    for (Path each : classPath) {
      for (Path file : files(each)) {
        // User Mode Linux, which uses the cache too, knows whole seconds only.
        long seconds = Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
        String line = "%s %d %d\n".formatted(file, Files.size(file), seconds);
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

  private static void forgetOthers() throws IOException {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(FOLDER) && !each.endsWith("lock")) {
          Files.delete(each);
        }
      }
    }
  }

  private static void write(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Path file : files(classes)) {
        entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }
}
