package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dashboard and the alerts ask, in the hands of a Prometheus that scrapes a real node. */
@KernelTest(tools = {"prometheus", "curl"})
class DashboardTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path FOLDER = Path.of("..", "docs", "monitoring");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  /** A tool of IPVS on a kernel without it has nothing to show. */
  private static final Pattern NEEDS_IPVS = Pattern.compile("keepstream_lvs_\\w+");

  /** Shown only where something is wrong. */
  private static final Pattern FILTERED = Pattern.compile("(> 0|== 0)$");

  private final ObjectMapper json = new ObjectMapper();
  private NamespaceLab lab;
  private LabHost host;

  /** One of the dashboard's, with the labels that its legend names. */
  private record Query(String expression, List<String> labels) {}

  @BeforeEach
  void start() throws IOException {
    lab = NamespaceLab.create();
    host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    Speaker.KEEPSTREAM
        .start(host, HttpTest.ELECTION + HttpTest.REST)
        .awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    Path scrapes =
        Files.writeString(
            lab.directory().resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files: [%s]
            scrape_configs:
              - job_name: keepstream
                static_configs:
                  - targets: ["127.0.0.1:9165"]
            """
                .formatted(FOLDER.resolve("keepstream.rules.yml").toRealPath()));
    host.start(
        "prometheus",
        "--config.file=" + scrapes,
        "--storage.tsdb.path=" + lab.directory().resolve("tsdb"),
        "--web.listen-address=127.0.0.1:9090");
    Await.until(LIMIT, "some scrapes", () -> answer("count_over_time(up[1m]) > 5").size() == 1);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void everyPanelHasSomethingToShowAndEveryRuleIsEvaluated() throws IOException {
    List<Query> queries = queries();
    assertThat(queries).hasSizeGreaterThan(30);
    for (Query query : queries) {
      JsonNode found = answer(query.expression());
      if (!FILTERED.matcher(query.expression()).find()
          && !NEEDS_IPVS.matcher(query.expression()).find()) {
        assertThat(found).as(query.expression()).isNotEmpty();
      }
      for (JsonNode series : found) {
        assertThat(series.get("metric").fieldNames())
            .toIterable()
            .as("labels of " + query.expression())
            .containsAll(query.labels());
      }
    }
    JsonNode rules = get("rules").at("/data/groups/0/rules");
    assertThat(rules).hasSizeGreaterThan(10);
    Await.until(
        LIMIT,
        "each rule is evaluated",
        () ->
            get("rules").findValues("health").stream()
                .allMatch(health -> health.asText().equals("ok")));
    // Nobody answers at the other end of the session and of the webhook.
    Await.until(
        LIMIT,
        "what is wrong is seen, and nothing else",
        () ->
            firing("BfdDown", "EventsNotDelivered", "InstanceInFault", "NoMaster")
                .equals(List.of("BfdDown", "EventsNotDelivered")));
  }

  /** Which of these alerts have seen what they wait for, even if not for long enough yet. */
  private List<String> firing(String... alerts) {
    List<String> names = new ArrayList<>();
    for (JsonNode rule : get("rules").at("/data/groups/0/rules")) {
      String name = rule.get("name").asText();
      if (List.of(alerts).contains(name) && !rule.get("state").asText().equals("inactive")) {
        names.add(name);
      }
    }
    return names;
  }

  private List<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    JsonNode dashboard = json.readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                target
                    .get("expr")
                    .asText()
                    .replace("$instance", ".+")
                    .replace("$__rate_interval", "30s"),
                labels(target.get("legendFormat").asText())));
      }
    }
    return queries;
  }

  private static List<String> labels(String legend) {
    List<String> labels = new ArrayList<>();
    Matcher matcher = LEGEND.matcher(legend);
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return labels;
  }

  /** What Prometheus finds for an expression, which it must understand. */
  private JsonNode answer(String expression) {
    JsonNode answer = get("query", "--data-urlencode", "query=" + expression);
    if (answer.isMissingNode()) {
      return answer;
    }
    assertThat(answer.path("status").asText()).as(expression + ": " + answer).isEqualTo("success");
    return answer.at("/data/result");
  }

  /** Nothing while it does not answer yet. */
  private JsonNode get(String path, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("curl", "-sf", "-m", "10", "-G", "http://127.0.0.1:9090/api/v1/" + path));
    words.addAll(List.of(more));
    try {
      return json.readTree(host.run(words.toArray(String[]::new)).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
