package io.keepstream.node.document;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The units that names of fields end in. */
final class Unit {
  private static final Map<String, String> BY_ENDING =
      Map.of("millis", "ms", "micros", "µs", "percent", "%", "bytes", "B");

  private Unit() {}

  /** The unit of a component; empty for a plain number, and for what is no number. */
  static Optional<String> of(RecordComponent component) {
    String name = component.getName().toLowerCase(Locale.ROOT);
    return BY_ENDING.entrySet().stream()
        .filter(unit -> name.endsWith(unit.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
