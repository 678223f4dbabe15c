package io.keepstream.election.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keepstream.contract.Question;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.dump.DataDump;
import io.keepstream.election.dump.JsonDump;
import io.keepstream.election.dump.Statistics;
import io.keepstream.election.dump.StatsDump;
import io.keepstream.election.explain.Explanation;
import io.keepstream.election.explain.ExplanationText;
import io.keepstream.election.explain.GroupExplanation;
import io.keepstream.election.explain.RouterView;
import io.keepstream.runtime.ContractJson;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers questions about virtual routers, away from the election loop. */
final class Answers {
  private final Map<String, Map<String, Long>> cleared = new HashMap<>();

  /**
   * The answer from what was so at {@code now}.
   *
   * @throws IllegalArgumentException with a message for people, when there is no answer
   */
  String answer(Question question, List<RouterView> views, ZonedDateTime now) {
    return switch (question.what()) {
      case EXPLAIN -> about(question.argument(), views, ExplanationText::of, ExplanationText::of);
      case EXPLAIN_JSON -> about(question.argument(), views, Answers::json, Answers::json);
      case DATA -> DataDump.file(views, view -> since(view, now));
      case STATS -> statistics(views);
      case STATS_CLEAR -> {
        String before = statistics(views);
        cleared.clear();
        views.forEach(view -> cleared.put(view.name(), view.counters()));
        yield before;
      }
      case JSON -> views.isEmpty() ? "" : dump(question.argument(), views, now);
      case DELIVERIES, DELIVERIES_JSON, DEAD_LETTERS, DEAD_LETTERS_JSON, RETRY_DEAD, REPLAY ->
          throw new IllegalArgumentException("that is asked of notifier-service");
      case STATUS, RELOAD, STOP ->
          throw new IllegalArgumentException("that is asked of the whole node");
    };
  }

  /** The instance of that name explained, else the sync group. */
  private static String about(
      String name,
      List<RouterView> views,
      Function<Explanation, String> ofInstance,
      Function<GroupExplanation, String> ofGroup) {
    return views.stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .map(Explanation::of)
        .map(ofInstance)
        .or(() -> GroupExplanation.of(name, views).map(ofGroup))
        .orElseThrow(() -> new IllegalArgumentException(unknown(name, views)));
  }

  private static String unknown(String name, List<RouterView> views) {
    String instances = views.stream().map(RouterView::name).collect(Collectors.joining(", "));
    String groups =
        views.stream()
            .map(RouterView::group)
            .filter(Objects::nonNull)
            .map(SyncGroupConfig::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return "there is no instance %s; there are: %s".formatted(name, instances)
        + (groups.isEmpty() ? "" : "; sync groups: " + groups);
  }

  private String statistics(List<RouterView> views) {
    return views.stream()
        .map(view -> StatsDump.of(view.name(), counted(view)))
        .collect(Collectors.joining());
  }

  private String dump(String version, List<RouterView> views, ZonedDateTime now) {
    List<Map<String, Object>> entries =
        views.stream()
            .map(view -> JsonDump.entry(view, counted(view), since(view, now).toInstant()))
            .toList();
    try {
      return ContractJson.mapper()
          .writeValueAsString(JsonDump.file("2".equals(version) ? 2 : 1, entries));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Statistics counted(RouterView view) {
    return Statistics.of(view, cleared.getOrDefault(view.name(), Map.of()));
  }

  private static ZonedDateTime since(RouterView view, ZonedDateTime now) {
    return now.minusNanos(view.ageNanos());
  }

  private static String json(Object value) {
    try {
      return ContractJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
