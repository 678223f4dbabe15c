package io.keepstream.health.edge;

import io.keepstream.health.tracker.ProcessInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of this host as /proc shows them; what has ended but is still listed is none. */
final class RunningProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final int STAT_BYTES = 512;
  private static final int COMMAND_BYTES = 1 << 15;
  private static final String ENDED = "ZXx";

  private static final Logger log = LoggerFactory.getLogger(RunningProcesses.class);

  private RunningProcesses() {}

  /** All of them by their number, with their commands if asked for. */
  static Map<Integer, ProcessInfo> all(boolean withCommands) {
    Map<Integer, ProcessInfo> all = new HashMap<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path directory : directories) {
        int pid = Integer.parseInt(directory.getFileName().toString());
        one(pid, withCommands).ifPresent(process -> all.put(pid, process));
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("{} could not be read to its end: {}", PROC, e.toString());
    }
    return all;
  }

  /** One of them, while it runs. */
  static Optional<ProcessInfo> one(int pid, boolean withCommand) {
    Path directory = PROC.resolve(Integer.toString(pid));
    try {
      String stat = read(directory.resolve("stat"), STAT_BYTES);
      int begin = stat.indexOf('(');
      int end = stat.lastIndexOf(')');
      if (begin < 0 || end + 2 >= stat.length() || ENDED.indexOf(stat.charAt(end + 2)) >= 0) {
        return Optional.empty();
      }
      List<String> command =
          withCommand ? words(read(directory.resolve("cmdline"), COMMAND_BYTES)) : List.of();
      return Optional.of(new ProcessInfo(stat.substring(begin + 1, end), command));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String read(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(limit), StandardCharsets.UTF_8);
    }
  }

  /** Each ends with a NUL; programs that rename themselves leave more of them at the end. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>(List.of(command.split("\0")));
    words.removeIf(word -> words.size() == 1 && word.isEmpty());
    return words;
  }
}
