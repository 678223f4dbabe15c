package io.keepstream.health.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.secondsFrom;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * The words this service gives a meaning: checks of real servers, and the trackers that run or
 * watch something for an election.
 */
public final class HealthWords {
  private static final Block TOP =
      block(
          TOP_LEVEL, word("SSL", ACTS).block().lastWins().means("TLS client context for SSL_GET"));
  private static final Block SSL =
      block(
          "SSL",
          word("password", ACTS, text("text")).means("Password of the private key"),
          word("ca", ACTS, path())
              .means("CA bundle for checks with tls_verify; without that nothing is verified"),
          word("certificate", ACTS, path()).means("Client certificate chain"),
          word("key", ACTS, path()).means("Client private key (PEM)"));
  private static final Block GLOBAL =
      block(
          "global_defs",
          word("checker_log_all_failures", ACTS, bool())
              .means("Log each failed attempt of a check even while retries remain"));
  private static final Block VIRTUAL_SERVER =
      block(
              "virtual_server",
              word("retry", ACTS, integer(1, UNSIGNED))
                  .means("Default retry count for the checkers below"),
              word("delay_before_retry", ACTS, secondsFrom("0"))
                  .means("Default pause before a retry"),
              word("warmup", ACTS, secondsFrom("0"))
                  .means("Longest random delay before the first check"),
              word("connect_timeout", ACTS, seconds("0.000001", "4294.967295"))
                  .means("Default connect and read timeout"),
              word("delay_loop", ACTS, secondsFrom("0.000001"))
                  .means("Default period between checks"),
              word("ha_suspend", ACTS)
                  .means("Run checks only while the VIP is configured on this host"),
              word("virtualhost", ACTS, text("text"))
                  .means("Default HTTP Host header for the checkers below"),
              word("alpha", ACTS).means("Default for reals: start as down until checks pass"))
          .and(CheckerWords.INHERITED);
  private static final Block REAL_SERVER =
      block(
              "virtual_server/real_server",
              word("alpha", ACTS, bool()).means("Start as down until checks pass"),
              word("retry", ACTS, integer(1, UNSIGNED))
                  .means("Default retry count for its checkers"),
              word("delay_before_retry", ACTS, secondsFrom("0"))
                  .means("Default pause before a retry"),
              word("warmup", ACTS, secondsFrom("0"))
                  .means("Longest random delay before the first check"),
              word("connect_timeout", ACTS, seconds("0.000001", "4294.967295"))
                  .means("Default connect and read timeout"),
              word("delay_loop", ACTS, secondsFrom("0.000001")).means("Default check period"),
              word("virtualhost", ACTS, text("text")).means("HTTP Host header for its checkers"),
              word("MISC_CHECK", ACTS).block().means("Check by running a command"),
              word("SMTP_CHECK", ACTS)
                  .block()
                  .means("Check an SMTP dialogue: 220, HELO 250, QUIT any reply"),
              word("TCP_CHECK", ACTS).block().means("Check that a TCP connect succeeds"),
              word("PING_CHECK", ACTS).block().means("Check with ICMP echo"),
              word("UDP_CHECK", ACTS)
                  .block()
                  .means("Send a datagram; fails on ICMP errors or on a missing or wrong reply"),
              word("HTTP_GET", ACTS).block().means("Check one or more URLs over HTTP"),
              word("SSL_GET", ACTS).block().means("Check one or more URLs over TLS"),
              word("GRPC_CHECK", ACTS).block().means("Check with the health service of gRPC"),
              word("DNS_CHECK", ACTS).block().means("Check a DNS query over UDP, rcode must be 0"),
              word("FILE_CHECK", ACTS).block().means("State and weight from a track_file"),
              word("BFD_CHECK", ACTS).block().means("State from a BFD session"))
          .and(CheckerWords.INHERITED);

  private HealthWords() {}

  /** All of them, by block. */
  public static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>(List.of(TOP, SSL, GLOBAL, VIRTUAL_SERVER, REAL_SERVER));
    blocks.addAll(TrackerWords.blocks());
    blocks.addAll(CheckerWords.blocks());
    blocks.addAll(HttpWords.blocks());
    return blocks;
  }
}
