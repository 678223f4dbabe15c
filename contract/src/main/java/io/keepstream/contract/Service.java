package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Who publishes: one of the four services, or the process that holds them. */
public enum Service {
  ELECTION,
  HEALTH,
  LVS,
  NOTIFIER,
  NODE;

  /** The lower-case name used in JSON, on the command line and in bus addresses. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The inverse of {@link #label()}.
   *
   * @throws IllegalArgumentException for any other text
   */
  @JsonCreator
  public static Service ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The name of a process with {@code services}, as in {@code health+lvs}. */
  public static String names(Set<Service> services) {
    return services.stream().sorted().map(Service::label).collect(Collectors.joining("+"));
  }

  /** The services of the process called {@code name}; words that are none do not count. */
  public static Set<Service> named(String name) {
    List<String> labels = List.of(name.split("\\+"));
    return Arrays.stream(values())
        .filter(service -> labels.contains(service.label()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Service.class)));
  }
}
