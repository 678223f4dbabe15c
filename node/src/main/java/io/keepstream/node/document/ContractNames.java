package io.keepstream.node.document;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keepstream.contract.snapshot.ServiceState;
import java.util.Locale;
import java.util.Optional;

/** What contract types are called in the published documents. */
final class ContractNames {
  private ContractNames() {}

  /** The value of the JSON field {@code type}, for records that have one. */
  static Optional<String> typeName(Class<?> record) {
    return Optional.ofNullable(record.getAnnotation(JsonTypeName.class)).map(JsonTypeName::value);
  }

  /** An event as configurations call it, as in {@code vip.claimed}; else the type's own name. */
  static String title(Class<?> type) {
    return typeName(type)
        .map(name -> name.replaceAll("^io\\.keepstream\\.|\\.v[0-9]+$", ""))
        .orElseGet(() -> outer(type) + type.getSimpleName());
  }

  /** {@code Kind} alone would say little. */
  private static String outer(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null || outer == ServiceState.class ? "" : outer.getSimpleName();
  }

  /** The file of its schema. */
  static String file(Class<?> record) {
    String prefix = ServiceState.class.isAssignableFrom(record) ? "state." : "";
    String name = typeName(record).orElse(record.getSimpleName().toLowerCase(Locale.ROOT));
    return prefix + name + ".json";
  }
}
