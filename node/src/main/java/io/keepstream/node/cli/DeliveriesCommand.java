package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepstream deliveries}: how each sink of the running node stands. */
@Command(
    name = "deliveries",
    description = "Show what each sink has got, what waits for it, and what it would not take.",
    subcommands = {
      DeliveriesCommand.Dead.class,
      DeliveriesCommand.RetryDead.class,
      DeliveriesCommand.Replay.class
    },
    mixinStandardHelpOptions = true)
public final class DeliveriesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Asking asking;

  @Override
  public Integer call() throws InterruptedException {
    What what = asking.json() ? What.DELIVERIES_JSON : What.DELIVERIES;
    return asking.print(Question.of(what), spec.commandLine());
  }

  /** A sink by its name, which may be given as several words. */
  private static final class OneSink {
    @Parameters(
        paramLabel = "SINK",
        arity = "1..*",
        description = "The sink, as keepstream deliveries names it.")
    private String[] words;

    String name() {
      return String.join(" ", words);
    }
  }

  /** {@code keepstream deliveries dead SINK}. */
  @Command(
      name = "dead",
      description = "Show the events that a sink would not take.",
      mixinStandardHelpOptions = true)
  static final class Dead implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Asking asking;
    @Mixin private OneSink sink;

    @Override
    public Integer call() throws InterruptedException {
      What what = asking.json() ? What.DEAD_LETTERS_JSON : What.DEAD_LETTERS;
      return asking.print(new Question(what, sink.name()), spec.commandLine());
    }
  }

  /** {@code keepstream deliveries retry-dead SINK}. */
  @Command(
      name = "retry-dead",
      description = "Send to a sink again what it would not take.",
      mixinStandardHelpOptions = true)
  static final class RetryDead implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Asking asking;
    @Mixin private OneSink sink;

    @Override
    public Integer call() throws InterruptedException {
      return asking.print(new Question(What.RETRY_DEAD, sink.name()), spec.commandLine());
    }
  }

  /** {@code keepstream deliveries replay SINK --from WHEN}. */
  @Command(
      name = "replay",
      description = "Send to a sink again all events from a place in the journal on.",
      mixinStandardHelpOptions = true)
  static final class Replay implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Asking asking;
    @Mixin private OneSink sink;

    @Option(
        names = "--from",
        paramLabel = "WHEN",
        required = true,
        description = "An age, a time, a number or an id, as in keepstream events --since.")
    private String from;

    @Override
    public Integer call() throws InterruptedException {
      Question question = new Question(What.REPLAY, from + " " + sink.name());
      return asking.print(question, spec.commandLine());
    }
  }
}
