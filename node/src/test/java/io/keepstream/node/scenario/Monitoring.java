package io.keepstream.node.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that the dashboard and the alerts use. */
final class Monitoring {
  private static final Path FOLDER = Path.of("..", "docs", "monitoring");
  private static final Pattern METRIC =
      Pattern.compile("\\b(keepalived|keepstream|jvm|process)_[a-z0-9_]+");

  private Monitoring() {}

  /** Those whose names begin like this. */
  static Set<String> metrics(String prefix) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String file : List.of("grafana-dashboard.json", "keepstream.rules.yml")) {
      text.append(Files.readString(FOLDER.resolve(file)));
    }
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those of {@code names} that have no value in {@code scrape}. */
  static Set<String> missing(Set<String> names, String scrape) {
    return names.stream()
        .filter(name -> !Pattern.compile("(?m)^" + name + "[ {]").matcher(scrape).find())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
