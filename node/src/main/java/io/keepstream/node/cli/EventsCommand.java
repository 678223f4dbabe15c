package io.keepstream.node.cli;

import io.keepstream.config.language.SystemSource;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.node.run.StateDirectory;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.edge.JournalInput;
import io.keepstream.notifier.edge.JournalInput.Batch;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.edge.JournalPlaces;
import io.keepstream.notifier.route.EventFilter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepstream events}: what is in the journal; needs no running node. */
@Command(
    name = "events",
    description = {
      "Show the events in the journal, oldest first; the node need not run.",
      "Each line begins with the number of the event, which stays the same."
    },
    mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
  private static final int NO_JOURNAL = 1;
  private static final int AT_ONCE = 256;
  private static final long LOOK_AGAIN_MILLIS = 200;

  @Spec private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "From an age as in 10m, a time as in 2026-01-31T12:00:00Z, a number or an id.")
  private String since;

  @Option(names = "--until", paramLabel = "WHEN", description = "Up to an age, time, number or id.")
  private String until;

  @Option(
      names = "--subject",
      paramLabel = "GLOB",
      description = "Only about what, as in vrrp/VI_1 or backend/*; may be repeated.")
  private List<String> subjects = List.of();

  @Option(
      names = "--type",
      paramLabel = "GLOB",
      description = "Only such events, as in vrrp.*; may be repeated.")
  private List<String> types = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what happens from now on.")
  private boolean follow;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json (text).")
  private Asking.Form form = Asking.Form.TEXT;

  @Option(
      names = "--directory",
      paramLabel = "PATH",
      description = "Where the journal is (as the configuration says).")
  private Path directory;

  @Option(
      names = "--use-file",
      paramLabel = "FILE",
      defaultValue = CheckCommand.DEFAULT_FILE,
      description = "The configuration that says where the journal is (${DEFAULT-VALUE}).")
  private String file;

  @Override
  public Integer call() throws InterruptedException {
    Path journal = directory == null ? configured() : directory;
    Instant now = Instant.now();
    try (JournalInput input = new JournalInput(journal)) {
      JournalPlaces places = new JournalPlaces(journal, now);
      long shown =
          show(
              input,
              since == null ? 1 : place(since, places.find(since)),
              until == null ? Long.MAX_VALUE : place(until, places.findLast(until)));
      if (shown == 0) {
        spec.commandLine().getErr().println("keepstream: no such event in " + journal);
      }
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("keepstream: no journal in " + journal + ": " + e);
      return NO_JOURNAL;
    }
  }

  private Path configured() {
    return Files.exists(Path.of(file))
        ? NodeConfig.read(file, SystemSource.ofThisMachine())
            .notifier()
            .journal()
            .orElseThrow()
            .directory()
        : StateDirectory.ofThisProcess();
  }

  private long place(String when, OptionalLong found) {
    return found.orElseThrow(
        () ->
            new ParameterException(
                spec.commandLine(),
                "`%s` is no age as in 10m, no time as in 2026-01-31T12:00:00Z, no number and"
                        .formatted(when)
                    + " no id of an event in the journal"));
  }

  /** How many it has shown. */
  private long show(JournalInput input, long from, long last)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    EventFilter filter = EventFilter.of(new Wanted(types, subjects));
    long next = from;
    long shown = 0;
    while (!out.checkError()) {
      Batch batch = input.read(next, AT_ONCE, last);
      for (Entry entry : batch.entries()) {
        if (filter.matches(entry.envelope().event())) {
          out.println(EventRow.of(entry, Instant.now(), form == Asking.Form.JSON));
          shown++;
        }
      }
      boolean more = batch.next() > next;
      next = batch.next();
      if (next > last || (!more && !follow)) {
        return shown;
      }
      if (!more) {
        out.flush();
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      }
    }
    return shown;
  }
}
