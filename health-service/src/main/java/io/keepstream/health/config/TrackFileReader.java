package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.FilePaths;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.event.TrackerRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the files that VRRP instances, sync groups and checkers track. */
final class TrackFileReader {
  /** What no priority can make up for. */
  private static final int HIGHEST = 254;

  private final Consumer<Diagnostic> problems;

  TrackFileReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  Map<TrackerRef, FileConfig> read(Section root) {
    Stream<Section> defined =
        Stream.of("track_file", "vrrp_track_file")
            .flatMap(keyword -> root.blocks(keyword).stream());
    Map<TrackerRef, FileConfig> files = new LinkedHashMap<>();
    TrackedNames.ofFiles(root)
        .used(defined, "file, so it is not watched", problems)
        .forEach(
            (name, block) ->
                block
                    .text("file")
                    .filter(path -> FilePaths.read(path).isPresent())
                    .ifPresent(
                        path ->
                            files.put(
                                new TrackerRef(TrackerRef.Kind.FILE, name),
                                new FileConfig(path, init(block)))));
    return files;
  }

  private FileConfig.Init init(Section block) {
    return block.last("init_file").map(this::init).orElse(null);
  }

  private FileConfig.Init init(Statement line) {
    OptionalLong given = Numbers.integer(line.argument(0));
    int number = Math.clamp(given.orElse(0), Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (Math.abs((long) number) > HIGHEST) {
      problems.accept(
          Diagnostic.warning(
              line.arguments().getFirst().position(),
              "init_file: %d is out of range -%d..%d, but is written as it is"
                  .formatted(number, HIGHEST, HIGHEST)));
    }
    boolean overwrite = line.arguments().stream().map(Word::text).anyMatch("overwrite"::equals);
    return new FileConfig.Init(number, overwrite);
  }
}
