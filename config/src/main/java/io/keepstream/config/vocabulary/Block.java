package io.keepstream.config.vocabulary;

import java.util.ArrayList;
import java.util.List;

/**
 * Words of one block, as one owner declares them.
 *
 * @param path the keywords that lead to the block, divided by slashes; empty for the top level
 * @param words its words
 */
public record Block(String path, List<Keyword> words) {
  /** The path of what stands outside all blocks. */
  public static final String TOP_LEVEL = "";

  public Block {
    words = List.copyOf(words);
  }

  /** A block of these words. */
  public static Block block(String path, Keyword... words) {
    return new Block(path, List.of(words));
  }

  /** The same with more words. */
  public Block and(List<Keyword> more) {
    List<Keyword> all = new ArrayList<>(words);
    all.addAll(more);
    return new Block(path, all);
  }

  /** The path of the block that {@code word} opens inside the block of {@code path}. */
  public static String path(String path, String word) {
    return path.isEmpty() ? word : path + "/" + word;
  }
}
