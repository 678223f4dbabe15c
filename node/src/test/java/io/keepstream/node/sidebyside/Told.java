package io.keepstream.node.sidebyside;

import static java.util.stream.Collectors.joining;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the scripts and the readers of the FIFOs of one host were told. */
final class Told {
  /** Who reads the FIFOs. */
  enum Readers {
    /** Programs that the user starts, of FIFOs that the user has made. */
    THE_USERS,
    /** The scripts of {@code notify_fifo_script} and its kin. */
    SCRIPTS
  }

  private static final List<String> FIFOS =
      List.of("notify_fifo", "vrrp_notify_fifo", "lvs_notify_fifo");
  private static final String COPIER = "#!/bin/sh\nexec cat \"$2\" >> \"$1\"\n";

  private final LabHost host;
  private final Readers readers;
  private final Path scripts;
  private final Map<String, Supplier<List<String>>> fifos = new LinkedHashMap<>();

  Told(LabHost host, Readers readers) {
    this.host = host;
    this.readers = readers;
    scripts = path("scripts");
    script(
        "record",
        """
        #!/bin/sh
        line=
        for word; do line="$line[$word]"; done
        echo "$line" >> %s
        """
            .formatted(scripts));
    script("copy", COPIER);
    for (String word : FIFOS) {
      fifos.put(word, lines(word));
    }
  }

  private Supplier<List<String>> lines(String word) {
    return switch (readers) {
      case THE_USERS -> {
        LabProcess reader = FifoReader.of(host, path(word));
        yield reader::lines;
      }
      case SCRIPTS -> () -> read(path(word + ".lines"));
    };
  }

  /** The words of {@code global_defs} that ask for it. */
  String words() {
    return FIFOS.stream().map(this::words).collect(joining());
  }

  private String words(String word) {
    String fifo = " %s %s\n".formatted(word, path(word));
    return switch (readers) {
      case THE_USERS -> fifo;
      case SCRIPTS ->
          fifo + " %s_script \"%s %s\"\n".formatted(word, path("copy"), path(word + ".lines"));
    };
  }

  /** A command that records itself with its words, of which the first three say whose it is. */
  String recorder(String words) {
    return "\"%s %s\"".formatted(path("record"), words);
  }

  /** A file of this host's own. */
  Path path(String name) {
    return host.lab().directory().resolve(host.name() + "." + name);
  }

  /** All lines, in order for each subject. */
  Map<String, List<String>> all() {
    Map<String, List<String>> all = new TreeMap<>();
    read(scripts).forEach(line -> add(all, "script of " + words(line, "(?<=\\])", 3), line));
    fifos.forEach(
        (word, lines) ->
            lines.get().forEach(line -> add(all, word + " of " + subject(line), line)));
    return all;
  }

  private static void add(Map<String, List<String>> all, String subject, String line) {
    all.computeIfAbsent(subject, first -> new ArrayList<>()).add(line);
  }

  /** {@code INSTANCE "VI_1"} of what ends with state and priority; servers come in twos. */
  private static String subject(String line) {
    return words(line, " ", line.startsWith("RS ") ? 3 : 2);
  }

  private static String words(String line, String between, int most) {
    return List.of(line.split(between, -1)).stream().limit(most).collect(joining(" "));
  }

  private void script(String name, String text) {
    try {
      Files.writeString(path(name), text);
      Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
