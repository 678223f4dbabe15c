package io.keepstream.notifier.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Question;
import io.keepstream.contract.Service;
import io.keepstream.notifier.report.DeadLetters;
import io.keepstream.notifier.report.SinkReport;
import io.keepstream.runtime.ContractJson;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers what people ask about deliveries, and does what they ask for. */
final class DeliveryDesk {
  private final Context context;
  private final Supplier<Stream<DeliveryShell<?>>> sinks;
  private final Optional<Path> journal;
  private final InstantSource clock;

  /**
   * A desk for {@code sinks}.
   *
   * @param journal where it is; empty when events are in memory only
   */
  DeliveryDesk(
      Context context,
      Supplier<Stream<DeliveryShell<?>>> sinks,
      Optional<Path> journal,
      InstantSource clock) {
    this.context = context;
    this.sinks = sinks;
    this.journal = journal;
    this.clock = clock;
  }

  void open() {
    context.owner().eventBus().<Question>consumer(Bus.questionsTo(Service.NOTIFIER), this::answer);
  }

  private void answer(Message<Question> asked) {
    Future<String> answer;
    try {
      answer = answer(asked.body());
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    answer.onSuccess(asked::reply).onFailure(failure -> asked.fail(0, failure.getMessage()));
  }

  private Future<String> answer(Question question) {
    String argument = question.argument();
    return switch (question.what()) {
      case DELIVERIES -> Future.succeededFuture(SinkReport.text(reports()));
      case DELIVERIES_JSON -> Future.succeededFuture(json(reports()));
      case DEAD_LETTERS ->
          Future.succeededFuture(DeadLetters.text(sink(argument).letters(), clock.instant()));
      case DEAD_LETTERS_JSON -> Future.succeededFuture(json(sink(argument).letters()));
      case RETRY_DEAD -> {
        int again = sink(argument).retryDead();
        yield Future.succeededFuture("%d dead letter(s) are sent again\n".formatted(again));
      }
      case REPLAY -> replay(argument);
      case EXPLAIN, EXPLAIN_JSON, STATUS, DATA, STATS, STATS_CLEAR, JSON, RELOAD, STOP ->
          throw new IllegalArgumentException("that is not asked of notifier-service");
    };
  }

  /** {@code argument} is a place in the journal, a space and the sink. */
  private Future<String> replay(String argument) {
    String[] words = argument.split(" ", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("replay of what, and from where?");
    }
    Path directory =
        journal.orElseThrow(
            () -> new IllegalStateException("there is no journal, events are in memory only"));
    DeliveryShell<?> sink = sink(words[1]);
    return context
        .executeBlocking(() -> place(directory, words[0]), false)
        .map(position -> rewind(sink, position));
  }

  /** Not before the first that is kept. */
  private long place(Path directory, String where) throws IOException {
    OptionalLong found = new JournalPlaces(directory, clock.instant()).find(where);
    Map.Entry<Long, Path> oldest = JournalDirectory.segments(directory).firstEntry();
    return Math.max(
        oldest == null ? 1 : oldest.getKey(),
        found.orElseThrow(
            () ->
                new NoSuchElementException(
                    "there is no event `%s` in the journal".formatted(where))));
  }

  private static String rewind(DeliveryShell<?> sink, long position) {
    long events = sink.rewind(position);
    return events == 0
        ? "nothing is sent again: it has not yet sent anything of that\n"
        : "%d event(s) are sent again, from number %d on\n".formatted(events, position);
  }

  private DeliveryShell<?> sink(String name) {
    return sinks
        .get()
        .filter(sink -> sink.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException("no sink `%s`; there are: %s".formatted(name, names())));
  }

  private String names() {
    return sinks.get().map(DeliveryShell::name).sorted().collect(Collectors.joining(", "));
  }

  private List<SinkReport> reports() {
    return sinks
        .get()
        .<SinkReport>map(DeliveryShell::report)
        .sorted((one, other) -> one.sink().sink().compareTo(other.sink().sink()))
        .toList();
  }

  private static String json(Object answer) {
    return new String(ContractJson.bytes(answer), StandardCharsets.UTF_8) + "\n";
  }
}
