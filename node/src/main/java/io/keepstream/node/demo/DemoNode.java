package io.keepstream.node.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.runtime.ContractJson;
import java.util.ArrayList;
import java.util.List;

/** One of the two nodes: {@code keepstream run} in its own namespace, followed by its events. */
final class DemoNode {
  private static final String INSTANCE_CHANGED = "io.keepstream.vrrp.instance.changed.v1";

  private final LabHost host;
  private final List<String> command;
  private LabProcess process;
  private int linesRead;
  private String state = "-";
  private long sinceNanos;

  DemoNode(LabHost host, List<String> command) {
    this.host = host;
    this.command = command;
  }

  String name() {
    return host.name();
  }

  void start() {
    process = host.start(command.toArray(String[]::new));
    linesRead = 0;
    enter("starting");
  }

  void stop() {
    process.signal("TERM");
  }

  void kill() {
    process.kill();
    enter("killed");
  }

  long pid() {
    return process.pid();
  }

  LabHost host() {
    return host;
  }

  boolean isMaster() {
    return state.equals("MASTER");
  }

  /** Its state and since when, as in {@code node1 MASTER 12 s}. */
  String status(long nowNanos) {
    return "%s %s %d s".formatted(name(), state, (nowNanos - sinceNanos) / 1_000_000_000L);
  }

  /** What it has said since the last call. */
  List<String> news() {
    List<String> news = new ArrayList<>();
    if (process != null) {
      List<String> lines = process.lines(linesRead);
      linesRead += lines.size();
      lines.forEach(line -> news.add(read(line)));
    }
    return news;
  }

  private String read(String line) {
    try {
      JsonNode json = ContractJson.mapper().readTree(line);
      JsonNode event = json.path("event").path("event");
      if (event.path("type").asText().equals(INSTANCE_CHANGED)) {
        enter(event.path("to").asText());
      }
      return json.path("message").asText(line);
    } catch (JsonProcessingException e) {
      return line;
    }
  }

  private void enter(String next) {
    state = next;
    sinceNanos = System.nanoTime();
  }
}
