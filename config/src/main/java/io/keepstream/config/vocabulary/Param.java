package io.keepstream.config.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One expected word behind a keyword.
 *
 * @param form what is expected, for people
 * @param fit holds a word against it
 * @param arity how often it may stand
 * @param role whether the word names something
 * @param choices the words it may be, when these are fixed; else empty
 */
public record Param(
    String form,
    Function<String, Fit> fit,
    Arity arity,
    Optional<Role> role,
    List<String> choices) {

  /** How often a value may stand. */
  public enum Arity {
    /** Exactly once, in its order. */
    ONE,
    /** Once, anywhere between optional values and option words. */
    ANYWHERE,
    /** At most once. */
    OPTIONAL,
    /** Once or more, up to the end of the line. */
    MANY,
    /** As often as one likes, up to the end of the line. */
    ANY
  }

  /** What a name is to others. Kinds are called by the keyword that defines them. */
  public sealed interface Role {
    /** The kind of thing named. */
    String kind();
  }

  /** The word gives something its name; names of a kind are unique. */
  record Defines(String kind) implements Role {}

  /**
   * The word names something defined elsewhere.
   *
   * @param back whether keepalived wants the definition to come first
   */
  record Refers(String kind, boolean back) implements Role {}

  /** A value that must stand once; {@code fit} holds a word against it. */
  public static Param of(String form, Function<String, Fit> fit) {
    return new Param(form, fit, Arity.ONE, Optional.empty(), List.of());
  }

  /** The same, which may also be {@code word}. */
  public Param also(String word, Fit verdict) {
    List<String> more = new ArrayList<>(choices);
    more.add(word);
    return new Param(
        form, text -> text.equals(word) ? verdict : fit.apply(text), arity, role, more);
  }

  Param with(Arity other) {
    return new Param(form, fit, other, role, choices);
  }

  Param with(Role other) {
    return new Param(form, fit, arity, Optional.of(other), choices);
  }

  boolean fits(String word) {
    return !fit.apply(word).isBad();
  }

  boolean isRepeated() {
    return arity == Arity.MANY || arity == Arity.ANY;
  }

  boolean isRequired() {
    return arity == Arity.ONE || arity == Arity.ANYWHERE || arity == Arity.MANY;
  }

  /** The form with brackets around what may be missing. */
  @Override
  public String toString() {
    return switch (arity) {
      case ONE, ANYWHERE -> form;
      case OPTIONAL -> "[" + form + "]";
      case MANY -> form + " ...";
      case ANY -> "[" + form + " ...]";
    };
  }
}
