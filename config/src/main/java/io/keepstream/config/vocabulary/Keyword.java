package io.keepstream.config.vocabulary;

import java.util.List;

/**
 * The declaration of a word: of a keyword of a block, or of an option inside a line.
 *
 * @param word as it is written
 * @param status what this program makes of it
 * @param meaning one line for the manual
 * @param arguments what stands behind it
 * @param content what follows in braces
 * @param rules how often and where it may stand
 */
public record Keyword(
    String word, Status status, String meaning, Arguments arguments, Content content, Rules rules) {

  /** What counts when a word is given more than once. */
  public enum Repeat {
    LAST_WINS,
    FIRST_WINS,
    /** All of them count. */
    MANY
  }

  /**
   * How often and where a word may stand.
   *
   * @param repeat what counts of several
   * @param required whether its block is useless without it
   * @param after words of the same block or line of which one has to stand before it
   * @param replacement what to write instead of a word that is going out of use; else empty
   */
  public record Rules(Repeat repeat, boolean required, List<String> after, String replacement) {
    static final Rules DEFAULT = new Rules(Repeat.LAST_WINS, false, List.of(), "");

    public Rules {
      after = List.copyOf(after);
    }
  }

  /** A word with values behind it. */
  public static Keyword word(String word, Status status, Param... params) {
    Arguments arguments = new Arguments.Plain(List.of(params), List.of());
    return new Keyword(word, status, "", arguments, new Content.None(), Rules.DEFAULT);
  }

  /** A word with a command behind it, and who runs it; the first of several counts. */
  public static Keyword script(String word, Status status) {
    return word(word, status).with(new Arguments.Script("command", true, true)).firstWins();
  }

  /** A word with a command behind it; who runs it is said elsewhere. */
  public static Keyword command(String word, Status status) {
    return word(word, status).with(new Arguments.Script("command", true, false)).firstWins();
  }

  /** A word with a regular expression behind it, which is quoted and escaped like a script. */
  public static Keyword pattern(String word, Status status) {
    return word(word, status).with(new Arguments.Script("pattern", true, false));
  }

  /** The same with its one line for the manual. */
  public Keyword means(String text) {
    return new Keyword(word, status, text, arguments, content, rules);
  }

  /** The same with other arguments. */
  public Keyword with(Arguments other) {
    return new Keyword(word, status, meaning, other, content, rules);
  }

  /** The same with option words behind its values. */
  public Keyword options(List<Keyword> words) {
    return switch (arguments) {
      case Arguments.Plain plain -> with(new Arguments.Plain(plain.params(), words));
      case Arguments.Choice _, Arguments.Script _ ->
          throw new IllegalStateException(word + " has arguments of another form");
    };
  }

  /** The same with a block of words that are declared under its path. */
  public Keyword block() {
    return holding(new Content.Words());
  }

  /** The same with a block of free lines. */
  public Keyword lines(Arguments line) {
    return holding(new Content.Lines(line));
  }

  /** The same with a block of free lines of values only. */
  public Keyword lines(Param... params) {
    return lines(new Arguments.Plain(List.of(params), List.of()));
  }

  private Keyword holding(Content other) {
    return new Keyword(word, status, meaning, arguments, other, rules).many();
  }

  /** The same, of which all count. */
  public Keyword many() {
    return with(new Rules(Repeat.MANY, rules.required(), rules.after(), rules.replacement()));
  }

  /** The same, of which the first counts. */
  public Keyword firstWins() {
    return with(new Rules(Repeat.FIRST_WINS, rules.required(), rules.after(), rules.replacement()));
  }

  /** The same, of which the last counts. */
  public Keyword lastWins() {
    return with(new Rules(Repeat.LAST_WINS, rules.required(), rules.after(), rules.replacement()));
  }

  /** The same, without which its block is useless. */
  public Keyword required() {
    return with(new Rules(rules.repeat(), true, rules.after(), rules.replacement()));
  }

  /** The same, which has to stand behind one of {@code words}. */
  public Keyword after(String... words) {
    return with(new Rules(rules.repeat(), rules.required(), List.of(words), rules.replacement()));
  }

  /** The same, going out of use. */
  public Keyword deprecated(String replacement) {
    return with(new Rules(rules.repeat(), rules.required(), rules.after(), replacement));
  }

  private Keyword with(Rules other) {
    return new Keyword(word, status, meaning, arguments, content, other);
  }

  /** The word with its arguments and its block, for people. */
  public String usage() {
    String form = arguments.form();
    String line = form.isEmpty() ? word : word + " " + form;
    return switch (content) {
      case Content.None _ -> line;
      case Content.Words _ -> line + " { ... }";
      case Content.Lines(Arguments free) -> line + " { " + free.form() + " ... }";
    };
  }
}
