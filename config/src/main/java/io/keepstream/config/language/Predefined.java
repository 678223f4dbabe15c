package io.keepstream.config.language;

import io.keepstream.config.value.Numbers;
import java.util.Optional;
import java.util.OptionalLong;

/** The variables that exist without a definition. */
final class Predefined {
  private static final int RANDOM_MAX = 32767;

  private final Reading reading;

  Predefined(Reading reading) {
    this.reading = reading;
  }

  /** The value of {@code reference} inside {@code file}; empty when it is not predefined. */
  Optional<String> value(Reference reference, FileFrame file) {
    String parameters = reference.parameters();
    ConfigSource source = reading.source();
    return switch (reference.name()) {
      case "_RANDOM" -> random(parameters);
      case "_ENV" -> Optional.of(source.environment(parameters).orElse(""));
      case "_PWD" -> bare(parameters, Paths.parent(file.canonical()));
      case "_INSTANCE" -> bare(parameters, source.configurationId());
      case "_HASH" -> bare(parameters, "#");
      case "_BANG" -> bare(parameters, "!");
      default -> Optional.empty();
    };
  }

  private static Optional<String> bare(String parameters, String value) {
    return parameters.isEmpty() ? Optional.of(value) : Optional.empty();
  }

  private Optional<String> random(String parameters) {
    String[] bounds = parameters.isEmpty() ? new String[0] : parameters.split("[ \t]+", -1);
    OptionalLong min = bounds.length > 0 ? Numbers.integer(bounds[0]) : OptionalLong.of(0);
    OptionalLong max = bounds.length > 1 ? Numbers.integer(bounds[1]) : OptionalLong.of(RANDOM_MAX);
    if (min.isEmpty()
        || max.isEmpty()
        || min.getAsLong() < 0
        || max.getAsLong() > Integer.MAX_VALUE
        || min.getAsLong() > max.getAsLong()) {
      return Optional.empty();
    }
    int value = reading.source().random((int) min.getAsLong(), (int) max.getAsLong());
    return Optional.of(Integer.toString(value));
  }
}
