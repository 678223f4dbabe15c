package io.keepstream.config.vocabulary;

import io.keepstream.config.Position;
import io.keepstream.config.ScriptWords;
import io.keepstream.config.Text;
import io.keepstream.config.Word;
import io.keepstream.config.value.Numbers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds the words of one line against the form they should have. */
final class LineCheck {
  /** More words than this are no help in a message. */
  private static final int MAX_LISTED = 16;

  private final Findings findings;
  private final Names names;
  private final List<Word> words;
  private int index;
  private boolean failed;

  /** Checks {@code words}, in which nothing has been consumed yet. */
  LineCheck(Findings findings, Names names, List<Word> words) {
    this.findings = findings;
    this.names = names;
    this.words = words;
  }

  /**
   * Whose arguments are being checked.
   *
   * @param path of the words that may stand here
   * @param name for messages
   * @param position where a missing value would be missed
   * @param nested whether what does not fit may belong to an outer word
   */
  record Owner(String path, String name, Position position, boolean nested) {}

  /** Checks the whole line. */
  void check(Arguments arguments, Owner owner) {
    match(arguments, owner);
    if (!failed && index < words.size()) {
      surplus(owner);
    }
  }

  private void match(Arguments arguments, Owner owner) {
    switch (arguments) {
      case Arguments.Plain(List<Param> params, List<Keyword> options) ->
          new Plain(params, options, List.of(), owner).match();
      case Arguments.Choice(List<Keyword> choices, List<Param> otherwise) -> {
        Optional<Keyword> chosen =
            index < words.size() ? find(choices, words.get(index)) : Optional.empty();
        if (chosen.isPresent()) {
          option(chosen.get(), owner);
        } else {
          new Plain(otherwise, List.of(), choices, owner).match();
        }
      }
      case Arguments.Script _ -> throw new IllegalStateException("a script is a line of its own");
    }
  }

  private static Optional<Keyword> find(List<Keyword> keywords, Word word) {
    return keywords.stream().filter(k -> k.word().equals(word.text())).findAny();
  }

  private void option(Keyword keyword, Owner owner) {
    Word word = words.get(index++);
    findings.used(owner.path(), keyword, word.position());
    String path = Block.path(owner.path(), keyword.word());
    match(keyword.arguments(), new Owner(path, keyword.word(), word.position(), true));
  }

  private void surplus(Owner owner) {
    Word word = words.get(index);
    boolean switchesOff = Numbers.bool(word.text()).filter(on -> !on).isPresent();
    String message =
        switchesOff && index == 0
            ? "'%s' has no effect: the word %s alone switches on".formatted(word, owner.name())
            : "'%s' is one word too many behind %s".formatted(word, owner.name());
    findings.warning(word.position(), message);
  }

  /** Checks a line that splits like a script; the language reports unclosed double quotes. */
  static void checkScript(Arguments.Script script, Text line, Keyword keyword, Findings findings) {
    ScriptWords.Split split = ScriptWords.split(line);
    List<Text> words = split.words();
    split
        .unclosedQuote()
        .filter(quote -> quote.charAt(0) == '\'')
        .ifPresent(quote -> findings.error(quote.position(), "this quote is not closed"));
    boolean empty = words.size() < 2 || words.get(1).toString().isBlank();
    if (empty && script.required()) {
      findings.missing(line.position(), keyword.word() + ": expected " + script.what());
    }
    if (words.size() > 1) {
      String message = "this quote is not closed inside the " + script.what();
      ScriptWords.split(words.get(1))
          .unclosedQuote()
          .ifPresent(quote -> findings.error(quote.position(), message));
    }
    int most = script.identity() ? 4 : 2;
    if (words.size() > most) {
      findings.warning(
          words.get(most).position(),
          "'%s' is not a part of the %s; put it all in one pair of quotes"
              .formatted(words.get(most), script.what()));
    }
  }

  /** Matches values and option words, in whatever order they may come. */
  private final class Plain {
    private final List<Param> params;
    private final List<Keyword> options;
    private final List<Keyword> instead;
    private final Owner owner;
    private final BitSet filled = new BitSet();
    private final Map<String, Word> seen = new HashMap<>();

    Plain(List<Param> params, List<Keyword> options, List<Keyword> instead, Owner owner) {
      this.params = params;
      this.options = options;
      this.instead = instead;
      this.owner = owner;
    }

    void match() {
      boolean taken = true;
      while (taken && !failed && index < words.size()) {
        taken = next(words.get(index));
      }
      for (int i = 0; i < params.size() && !failed; i++) {
        if (params.get(i).isRequired() && !filled.get(i)) {
          failed = true;
          findings.missing(
              owner.position(), "%s: expected %s".formatted(owner.name(), params.get(i).form()));
        }
      }
    }

    /** Takes the next word, or more; false when it belongs to somebody else. */
    private boolean next(Word word) {
      int unfilled = filled.nextClearBit(0);
      boolean strict = unfilled < params.size() && params.get(unfilled).arity() == Param.Arity.ONE;
      Optional<Keyword> option = strict ? Optional.empty() : find(options, word);
      if (option.isPresent()) {
        rules(option.get(), word);
        option(option.get(), owner);
        return true;
      }
      int place = place(word);
      if (place < params.size()) {
        fill(place);
        return true;
      }
      if (!owner.nested() && !(options.isEmpty() && unfilled >= params.size())) {
        failed = true;
        unknown(word, unfilled);
      }
      return false;
    }

    /** The value that {@code word} is to be, or their number when it is none of them. */
    private int place(Word word) {
      for (int i = filled.nextClearBit(0); i < params.size(); i = filled.nextClearBit(i + 1)) {
        Param param = params.get(i);
        if (param.arity() == Param.Arity.ONE || param.fits(word.text())) {
          return i;
        }
        if (param.isRepeated() && !owner.nested()) {
          return i;
        }
      }
      return params.size();
    }

    private void fill(int place) {
      Param param = params.get(place);
      filled.set(param.arity() == Param.Arity.ONE ? 0 : place, place + 1);
      do {
        value(param, words.get(index++));
      } while (param.isRepeated() && index < words.size() && !failed);
    }

    private void value(Param param, Word word) {
      Fit fit = param.fit().apply(word.text());
      switch (fit.verdict()) {
        case GOOD -> {}
        case DOUBTFUL ->
            findings.warning(
                word.position(), "%s: '%s' %s".formatted(owner.name(), word, fit.remark()));
        case BAD -> {
          failed = true;
          expected(word, param, fit.remark());
        }
      }
      param.role().ifPresent(role -> names.add(word, role));
    }

    private void rules(Keyword option, Word word) {
      Word before = seen.put(option.word(), word);
      if (before != null && option.rules().repeat() != Keyword.Repeat.MANY) {
        findings.warning(word.position(), "%s is given twice in this line".formatted(word));
      }
      List<String> after = option.rules().after();
      if (!after.isEmpty() && after.stream().noneMatch(seen::containsKey)) {
        findings.error(
            word.position(), "%s: expected behind %s".formatted(word, String.join(" or ", after)));
      }
      findings.goingOutOfUse(option, word.position());
    }

    private void unknown(Word word, int unfilled) {
      List<String> known = options.stream().map(Keyword::word).toList();
      String hint = Nearest.hint(word.text(), known);
      if (unfilled < params.size() && hint.isEmpty()) {
        Param param = params.get(unfilled);
        expected(word, param, "");
      } else {
        if (hint.isEmpty() && known.size() <= MAX_LISTED) {
          hint = "; expected one of " + known.stream().sorted().collect(Collectors.joining(" "));
        }
        findings.error(
            word.position(), "%s: unknown word '%s'%s".formatted(owner.name(), word, hint));
      }
    }

    private void expected(Word word, Param param, String reason) {
      String why = reason.isEmpty() ? "" : " (" + reason + ")";
      List<String> choices = new ArrayList<>(param.choices());
      instead.forEach(keyword -> choices.add(keyword.word()));
      String hint = Nearest.hint(word.text(), choices);
      findings.error(
          word.position(),
          "%s: found '%s', expected %s%s%s".formatted(owner.name(), word, param.form(), why, hint));
    }
  }
}
