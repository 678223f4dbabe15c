package io.keepstream.config.vocabulary;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All words that are known, of all owners. */
public final class Vocabulary {
  private final Map<String, Map<String, Keyword>> blocks = new TreeMap<>();

  private Vocabulary() {}

  /**
   * The words of all {@code blocks}; words of one path come together.
   *
   * @throws IllegalArgumentException when a word is declared twice in a block, a block has no word
   *     that opens it, or a word opens a block that nobody declares
   */
  public static Vocabulary of(Collection<Block> blocks) {
    Vocabulary vocabulary = new Vocabulary();
    for (Block block : blocks) {
      Map<String, Keyword> words =
          vocabulary.blocks.computeIfAbsent(block.path(), _ -> new TreeMap<>());
      for (Keyword keyword : block.words()) {
        if (words.put(keyword.word(), keyword) != null) {
          throw new IllegalArgumentException(
              "declared twice: " + Block.path(block.path(), keyword.word()));
        }
      }
    }
    vocabulary.requireWholeness();
    return vocabulary;
  }

  private void requireWholeness() {
    List<String> opened = new ArrayList<>(List.of(Block.TOP_LEVEL));
    blocks.forEach(
        (path, words) ->
            words.values().stream()
                .filter(keyword -> keyword.content() instanceof Content.Words)
                .forEach(keyword -> opened.add(Block.path(path, keyword.word()))));
    List<String> declared = List.copyOf(blocks.keySet());
    if (!declared.containsAll(opened) || !opened.containsAll(declared)) {
      throw new IllegalArgumentException(
          "blocks opened " + opened.stream().sorted().toList() + " but declared " + declared);
    }
  }

  /**
   * Holds {@code document} against all words: unknown words, missing, bad and surplus arguments,
   * doubled and misplaced words, names that nothing has; and a note for each word that does nothing
   * here.
   */
  public List<Diagnostic> check(Document document) {
    Findings findings = new Findings();
    Names names = new Names(findings);
    new BlockCheck(this, findings, names)
        .check(Block.TOP_LEVEL, document.statements(), document.root().header().keyword());
    names.resolve();
    return findings.diagnostics();
  }

  /**
   * A word and the path of the block or line it belongs to.
   *
   * @param path as in {@link Block#path()}; for the word of a line it ends with the line's keyword
   * @param keyword the word
   */
  public record Entry(String path, Keyword keyword) {}

  /** Every word of every block, each followed by the words of its lines. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    blocks.forEach(
        (path, words) -> words.values().forEach(word -> addEntries(path, word, entries)));
    return entries;
  }

  private static void addEntries(String path, Keyword keyword, List<Entry> entries) {
    entries.add(new Entry(path, keyword));
    String inside = Block.path(path, keyword.word());
    keyword.arguments().optionWords().forEach(word -> addEntries(inside, word, entries));
    if (keyword.content() instanceof Content.Lines(Arguments line)) {
      line.optionWords().forEach(word -> addEntries(inside, word, entries));
    }
  }

  Optional<Keyword> find(String path, String word) {
    return Optional.ofNullable(blocks.getOrDefault(path, Map.of()).get(word));
  }

  Optional<Keyword> find(String path, Statement statement) {
    return find(path, statement.keyword().text());
  }

  Collection<Keyword> words(String path) {
    return blocks.getOrDefault(path, Map.of()).values();
  }

  /** The blocks that know {@code word}. */
  List<String> pathsWith(String word) {
    return blocks.entrySet().stream()
        .filter(block -> block.getValue().containsKey(word))
        .map(Map.Entry::getKey)
        .toList();
  }
}
