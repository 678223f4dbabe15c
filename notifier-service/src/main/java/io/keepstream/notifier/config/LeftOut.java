package io.keepstream.notifier.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a target asks not to hear. */
public enum LeftOut {
  /** Of what flaps, all but that it began and ended. */
  FLAPPING,
  /** Of a real server that an operator drains, all but what the operator did. */
  DRAINED;

  /** Those that {@code words} name. */
  static Set<LeftOut> of(Stream<String> words) {
    return words
        .flatMap(word -> Arrays.stream(values()).filter(one -> one.word().equals(word)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As configurations name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
