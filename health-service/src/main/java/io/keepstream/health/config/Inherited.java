package io.keepstream.health.config;

import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A value may stand in a checker, in its real server or in its virtual server; the innermost
 * counts.
 *
 * @param scopes from the checker outwards
 */
record Inherited(List<Section> scopes) {

  OptionalLong nanos(String keyword) {
    return first(scope -> scope.decimalNanos(keyword));
  }

  /** Of a word that has several names; where one scope says several, the first counts. */
  OptionalLong number(String... keywords) {
    return first(
        scope ->
            Stream.of(keywords)
                .map(scope::wholeNumber)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElseGet(OptionalLong::empty));
  }

  Optional<String> text(String keyword) {
    return scopes.stream().flatMap(scope -> scope.text(keyword).stream()).findFirst();
  }

  /** The line that counts. */
  Optional<Statement> statement(String keyword) {
    return scopes.stream().flatMap(scope -> scope.last(keyword).stream()).findFirst();
  }

  /** A truth value; at the virtual server it is a flag, on by being there. */
  boolean flag(String keyword) {
    return scopes.stream()
        .filter(scope -> scope.has(keyword))
        .findFirst()
        .filter(scope -> scope.header().is("virtual_server") || scope.bool(keyword, true))
        .isPresent();
  }

  private OptionalLong first(Function<Section, OptionalLong> value) {
    return scopes.stream()
        .map(value)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElseGet(OptionalLong::empty);
  }
}
