package io.keepstream.health.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.command;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.any;
import static io.keepstream.config.vocabulary.Params.defines;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Params.time;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import java.util.List;

/** The words of the trackers: scripts, files and processes. */
final class TrackerWords {
  private static final Keyword DISTRUST =
      word("distrust_after", ACTS, integer(10, 86400))
          .means(
              "Seconds without a word of health-service after which its last result no longer holds"
                  + " and the worse one counts; without it the last result holds");

  private static final List<Keyword> FILE_WORDS =
      List.of(
          word("file", ACTS, path()).required().means("Path of the file, missing file counts as 0"),
          word("weight", ACTS, integer(-254, 254), optional(oneOf("reverse")))
              .means("Default multiplier of the value"),
          word(
                  "init_file",
                  ACTS,
                  optional(integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                  optional(oneOf("overwrite")))
              .means("Create the file at start, or rewrite it with overwrite"),
          DISTRUST);
  private static final Block TOP =
      block(
          TOP_LEVEL,
          word("vrrp_script", ACTS, defines("vrrp_script"))
              .block()
              .means("A command run periodically for tracking"),
          word("track_file", ACTS, defines("track_file"))
              .block()
              .means("A watched file holding a number"),
          word("vrrp_track_file", ACTS, defines("track_file"))
              .block()
              .deprecated("track_file")
              .means("The same under its former name"),
          word("vrrp_track_process", ACTS, defines("vrrp_track_process"))
              .block()
              .means("Watches for running processes"));
  private static final Block SCRIPT =
      block(
          "vrrp_script",
          command("script", ACTS).required().means("Command to run; exit 0 = success"),
          word("interval", ACTS, time(DecimalUnit.SECONDS_TO_MILLIS, "0", "4294"))
              .means("Period between runs"),
          word("timeout", ACTS, time(DecimalUnit.SECONDS_TO_MILLIS, "0", "4294"))
              .means("Run time after which the run is ended and counts as failed"),
          word("weight", ACTS, integer(-253, 253), optional(oneOf("reverse")))
              .means("Default tracking weight"),
          word("rise", ACTS, integer(1, Integer.MAX_VALUE))
              .means("Successes needed to become good"),
          word("fall", ACTS, integer(1, Integer.MAX_VALUE)).means("Failures needed to become bad"),
          word("user", ACTS, text("user"), optional(text("[:]group"))).means("Identity to run as"),
          word("init_fail", ACTS).means("Treat the script as failed until it has succeeded"),
          DISTRUST);
  private static final Block PROCESS =
      block(
          "vrrp_track_process",
          word("process", ACTS, text("name"), any(text("argument")))
              .required()
              .firstWins()
              .means("Process name (or full command) to match"),
          word("param_match", ACTS, optional(oneOf("initial", "partial")))
              .means("initial: the last argument may be a prefix; partial: more may follow"),
          word("weight", ACTS, integer(-254, 254), optional(oneOf("reverse")))
              .means("Default tracking weight"),
          word("quorum", ACTS, integer(1, 65535)).means("Minimum number of matches for success"),
          word("quorum_max", ACTS, integer(0, 65535))
              .means("Maximum number of matches for success"),
          word("delay", ACTS, seconds("0.000001", "3600"))
              .means("Sets fork_delay and terminate_delay"),
          word("terminate_delay", ACTS, seconds("0.000001", "3600"))
              .means("Grace time after quorum is lost"),
          word("fork_delay", ACTS, seconds("0.000001", "3600"))
              .means("Grace time after quorum is gained"),
          word("full_command", ACTS)
              .means("Match the whole command line instead of the process name"),
          DISTRUST);
  private static final Block FILE = new Block("track_file", FILE_WORDS);
  private static final Block FORMER_FILE = new Block("vrrp_track_file", FILE_WORDS);

  private TrackerWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(TOP, SCRIPT, PROCESS, FILE, FORMER_FILE);
  }
}
