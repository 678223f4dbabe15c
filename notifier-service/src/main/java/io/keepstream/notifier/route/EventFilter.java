package io.keepstream.notifier.route;

import io.keepstream.contract.event.Event;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Selects events by globs over their types, written without {@code io.keepstream.} and version, as
 * in {@code vrrp.*}; {@code *} stands for any text.
 */
public final class EventFilter {
  private static final Pattern AFFIXES = Pattern.compile("^io\\.keepstream\\.|\\.v[0-9]+$");

  private final Pattern pattern;

  private EventFilter(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Matches what any of {@code globs} matches; everything when there are none. */
  public static EventFilter of(List<String> globs) {
    String anyOf = globs.stream().map(EventFilter::expression).collect(Collectors.joining("|"));
    return new EventFilter(Pattern.compile(globs.isEmpty() ? ".*" : anyOf));
  }

  /** Whether {@code event} is wanted. */
  public boolean matches(Event event) {
    return pattern.matcher(AFFIXES.matcher(event.typeName()).replaceAll("")).matches();
  }

  private static String expression(String glob) {
    return Pattern.quote(glob).replace("*", "\\E.*\\Q");
  }
}
