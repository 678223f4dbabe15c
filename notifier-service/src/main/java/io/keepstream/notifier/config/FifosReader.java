package io.keepstream.notifier.config;

import io.keepstream.config.Identity;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.FilePaths;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.runtime.script.ScriptCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the FIFOs. Of one path the first counts, in the order {@code notify_fifo}, {@code
 * vrrp_notify_fifo}, {@code lvs_notify_fifo}; the last two on one path make one FIFO for all lines.
 */
final class FifosReader {
  private final List<Section> globals;
  private final ScriptReader scripts;
  private final boolean repeats;
  private final Map<Path, Fifo> fifos = new LinkedHashMap<>();

  FifosReader(Section root, ScriptReader scripts) {
    globals = root.blocks("global_defs");
    repeats = globals.stream().anyMatch(block -> block.has("fifo_write_vrrp_states_on_reload"));
    this.scripts = scripts;
  }

  List<Fifo> read() {
    read("notify_fifo", Lines.ALL);
    read("vrrp_notify_fifo", Lines.VRRP);
    read("lvs_notify_fifo", Lines.LVS);
    return new ArrayList<>(fifos.values());
  }

  private void read(String keyword, Lines lines) {
    globals.stream()
        .flatMap(block -> block.all(keyword).stream())
        .filter(line -> !line.arguments().isEmpty())
        .findFirst()
        .flatMap(line -> fifo(line, lines))
        .ifPresent(fifo -> fifos.merge(fifo.path(), fifo, FifosReader::onOnePath));
  }

  private Optional<Fifo> fifo(Statement line, Lines lines) {
    Identity owner =
        line.arguments().size() > 1
            ? Identity.of(line.arguments().subList(1, line.arguments().size()))
            : scripts.defaultIdentity();
    String keyword = line.keyword().text() + "_script";
    Optional<ScriptCommand> reader =
        globals.stream().flatMap(block -> scripts.script(block, keyword).stream()).findFirst();
    return FilePaths.read(line.argument(0))
        .map(path -> new Fifo(path, lines, chown(owner), reader, repeats));
  }

  /** Without a group it is the user's own that {@code chown} takes for an empty one. */
  private static Optional<String> chown(Identity owner) {
    return Optional.ofNullable(owner.user())
        .map(user -> user + ":" + (owner.group() == null ? "" : owner.group()));
  }

  private static Fifo onOnePath(Fifo first, Fifo second) {
    boolean both = first.lines() == Lines.VRRP && second.lines() == Lines.LVS;
    return both
        ? new Fifo(
            first.path(),
            Lines.ALL,
            first.owner(),
            first.reader().or(second::reader),
            first.repeats())
        : first;
  }
}
