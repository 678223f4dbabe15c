package io.keepstream.node.http;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Block;
import java.util.List;

/** The words about being asked over HTTP. */
public final class HttpWords {
  private static final Block TOP =
      block(
          TOP_LEVEL,
          word("http", ACTS).block().lastWins().means("Metrics, health and state over HTTP"));
  private static final Block HTTP =
      block(
          "http",
          word(
                  "listen",
                  ACTS,
                  matching("address:port 1..65532", word -> HttpConfig.read(word).isPresent()))
              .means(
                  "Address and port, 127.0.0.1:9165 unless told otherwise; health, lvs and notifier"
                      + " in processes of their own have the next three ports"));

  private HttpWords() {}

  /** All of them, by block. */
  public static List<Block> blocks() {
    return List.of(TOP, HTTP);
  }
}
