package io.keepstream.node.run;

import io.keepstream.config.Section;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where keepalived's dumps go.
 *
 * @param data {@code state_dump_file}
 * @param stats {@code stats_dump_file}
 * @param json {@code json_dump_file}
 * @param jsonVersion 1 or 2
 */
public record DumpFiles(Path data, Path stats, Path json, int jsonVersion) {

  /**
   * Reads the words of {@code global_defs}; a relative path is below {@code temporary}, and a path
   * that ends in a slash is a directory for the usual name. With {@code data_use_instance} the
   * usual name of the first has the instance in it, as in keepalived.
   */
  static DumpFiles read(Section root, Path temporary) {
    boolean named =
        root.blocks("global_defs").stream()
            .anyMatch(global -> global.bool("data_use_instance", false));
    String instance = named ? root.text("instance").map(name -> "." + name).orElse("") : "";
    return new DumpFiles(
        path(root, "state_dump_file", temporary, "keepalived" + instance + ".data"),
        path(root, "stats_dump_file", temporary, "keepalived.stats"),
        path(root, "json_dump_file", temporary, "keepalived.json"),
        "2".equals(last(root, "json_version").orElse("1")) ? 2 : 1);
  }

  /** keepalived's temporary directory: TMPDIR when it is absolute, else /tmp. */
  static Path temporaryDirectory(String tmpdir) {
    return tmpdir != null && tmpdir.startsWith("/") && Path.of(tmpdir).toFile().isDirectory()
        ? Path.of(tmpdir)
        : Path.of("/tmp");
  }

  private static Path path(Section root, String word, Path temporary, String usual) {
    String said = last(root, word).orElse(usual);
    Path path = temporary.resolve(said);
    return said.endsWith("/") ? path.resolve(usual) : path;
  }

  private static Optional<String> last(Section root, String word) {
    return root.blocks("global_defs").stream()
        .flatMap(block -> block.text(word).stream())
        .reduce((first, last) -> last);
  }
}
