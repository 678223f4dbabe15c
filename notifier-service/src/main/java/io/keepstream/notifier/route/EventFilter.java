package io.keepstream.notifier.route;

import io.keepstream.contract.event.Event;
import io.keepstream.notifier.config.Webhook.Wanted;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Chooses events by their types and subjects; {@code *} in a glob stands for any text. */
public final class EventFilter {
  private static final Pattern AFFIXES = Pattern.compile("^io\\.keepstream\\.|\\.v[0-9]+$");

  private final Pattern types;
  private final Pattern subjects;

  private EventFilter(Pattern types, Pattern subjects) {
    this.types = types;
    this.subjects = subjects;
  }

  /** Matches what both lists of {@code wanted} choose. */
  public static EventFilter of(Wanted wanted) {
    return new EventFilter(anyOf(wanted.events()), anyOf(wanted.subjects()));
  }

  /** Whether {@code event} is wanted. */
  public boolean matches(Event event) {
    return types.matcher(shortType(event)).matches() && subjects.matcher(event.subject()).matches();
  }

  /** The type as people write it, as in {@code vip.claimed}. */
  public static String shortType(Event event) {
    return AFFIXES.matcher(event.typeName()).replaceAll("");
  }

  private static Pattern anyOf(List<String> globs) {
    String any = globs.stream().map(EventFilter::expression).collect(Collectors.joining("|"));
    return Pattern.compile(globs.isEmpty() ? ".*" : any, Pattern.DOTALL);
  }

  private static String expression(String glob) {
    return Pattern.quote(glob).replace("*", "\\E.*\\Q");
  }
}
