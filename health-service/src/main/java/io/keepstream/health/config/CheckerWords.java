package io.keepstream.health.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.command;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.any;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.oneOfAnyCase;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.refersBackTo;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.secondsFrom;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Status;
import io.keepstream.health.verdict.Schedule;
import java.util.List;
import java.util.stream.Stream;

/** The words of the checks except those over HTTP. */
final class CheckerWords {
  /** The path below which the blocks of all checks are. */
  static final String CHECKS = "virtual_server/real_server/";

  /** How a check connects. */
  static final List<Keyword> CONNECTION = connection(ACTS);

  /** The words that a real server and a virtual server may say for the checks below as well. */
  static final List<Keyword> INHERITED =
      List.of(
          word("rise", ACTS, integer(1, UNSIGNED))
              .means("Successes in a row that bring a failed check up again, 1 by default"),
          word("fall", ACTS, integer(1, UNSIGNED))
              .means("Failures in a row that fail a check; the same as retry and one more"),
          word("fast_interval", ACTS, secondsFrom("0.000001"))
              .means(
                  "Period while rise or fall count, instead of delay_loop and delay_before_retry"),
          word("jitter", ACTS, integer(0, Schedule.MOST_JITTER_PERCENT))
              .means("Random delay of each attempt, up to this percentage of delay_loop"));

  private static final Keyword SHADOW =
      word("shadow", ACTS, bool())
          .means("Tell the verdict of the check, and let it decide about nothing");

  /** When and how often a check is made, and what its results mean. */
  static final List<Keyword> ATTEMPTS =
      Stream.concat(
              INHERITED.stream(),
              Stream.of(
                  word("retry", ACTS, integer(0, UNSIGNED))
                      .means("Extra attempts before an up checker is declared down"),
                  word("delay_before_retry", ACTS, secondsFrom("0"))
                      .means("Pause before each extra attempt"),
                  word("warmup", ACTS, secondsFrom("0"))
                      .means("Longest random delay before the first check"),
                  word("delay_loop", ACTS, secondsFrom("0.000001")).means("Period between checks"),
                  word("alpha", ACTS, bool())
                      .means("Count the checker as failed until it has passed once"),
                  SHADOW,
                  word("log_all_failures", ACTS, bool()).means("Log every failed attempt")))
          .toList();

  private static final Block MISC =
      new Block(CHECKS + "MISC_CHECK", ATTEMPTS)
          .and(
              List.of(
                  command("misc_path", ACTS).required().means("Command to run; exit 0 = success"),
                  word("misc_timeout", ACTS, integer(0, 4294))
                      .means("Kill the command after this long"),
                  word("misc_dynamic", ACTS)
                      .means("Exit 2..255 is success with weight exit - 2; 0 keeps the weight"),
                  word("user", ACTS, text("user"), optional(text("[:]group")))
                      .means("Identity to run as")));
  private static final Block SMTP =
      new Block(CHECKS + "SMTP_CHECK", CONNECTION)
          .and(ATTEMPTS)
          .and(
              List.of(
                  word("helo_name", ACTS, text("text")).means("Name sent in HELO"),
                  word("host", ACTS)
                      .block()
                      .deprecated("one SMTP_CHECK per host")
                      .means("One more target")));
  private static final Block SMTP_HOST =
      new Block(CHECKS + "SMTP_CHECK/host", CONNECTION).and(ATTEMPTS);
  private static final Block TCP = new Block(CHECKS + "TCP_CHECK", CONNECTION).and(ATTEMPTS);
  private static final Block PING =
      new Block(CHECKS + "PING_CHECK", connection(Status.accepted("ICMP has no ports")))
          .and(ATTEMPTS);
  private static final Block UDP =
      new Block(CHECKS + "UDP_CHECK", CONNECTION)
          .and(ATTEMPTS)
          .and(
              List.of(
                  word("payload", ACTS, many(matching("hexadecimal digits", "[0-9a-fA-F]+")))
                      .means("Data to send"),
                  word(
                          "require_reply",
                          ACTS,
                          any(matching("hexadecimal digits or x", "[0-9a-fA-FxX]+")))
                      .means("Demand a reply, or one that matches this pattern"),
                  word("min_reply_length", ACTS, integer(0, 65535))
                      .means("Shortest acceptable reply"),
                  word("max_reply_length", ACTS, integer(0, 65535))
                      .means("Longest acceptable reply")));
  private static final Block DNS =
      new Block(CHECKS + "DNS_CHECK", CONNECTION)
          .and(ATTEMPTS)
          .and(
              List.of(
                  word(
                          "type",
                          ACTS,
                          oneOfAnyCase(
                              "A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY"))
                      .means("Query type"),
                  word("name", ACTS, text("name")).means("Query name")));
  private static final Block FILE =
      block(
          CHECKS + "FILE_CHECK",
          word("track_file", ACTS, refersBackTo("track_file"))
              .required()
              .means("Which track_file to use"),
          word(
                  "weight",
                  ACTS,
                  integer(-Integer.MAX_VALUE, Integer.MAX_VALUE),
                  optional(oneOf("reverse", "noreverse")))
              .means("Multiplier for the value read, 0 = non-zero value means down"),
          SHADOW);
  private static final Block BFD =
      block(
          CHECKS + "BFD_CHECK",
          word("name", ACTS, refersBackTo("bfd_instance"))
              .required()
              .means("Which bfd_instance to use"),
          word("alpha", ACTS, bool()).means("Start as down until the session is up"),
          SHADOW);

  private CheckerWords() {}

  private static List<Keyword> connection(Status ports) {
    return List.of(
        word("connect_ip", ACTS, ip()).means("Address to check instead of the backend address"),
        word("connect_port", ports, integer(1, 65535))
            .means("Port to check instead of the backend port"),
        word("bindto", ACTS, ip()).means("Local address of the check connection"),
        word("bind_port", ports, integer(1, 65535)).means("Local port of the check connection"),
        word("bind_if", ACTS, interfaceName()).means("Interface the check socket is bound to"),
        word("connect_timeout", ACTS, seconds("0.000001", "4294.967295"))
            .means("Timeout of each connect, read and write step"),
        word("fwmark", ACTS, integer(0, UNSIGNED)).means("Mark set on check packets"));
  }

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(MISC, SMTP, SMTP_HOST, TCP, PING, UDP, DNS, FILE, BFD);
  }
}
