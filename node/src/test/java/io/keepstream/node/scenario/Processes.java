package io.keepstream.node.scenario;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.keepstream.contract.Service;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.Output;
import io.keepstream.node.control.ControlClient;
import io.keepstream.node.control.ControlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node whose four services run in processes of their own. */
final class Processes {
  static final Set<Service> SERVICES = EnumSet.complementOf(EnumSet.of(Service.NODE));
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final LabHost host;
  private final Path config;
  private final Path meeting;
  private final Map<Service, LabProcess> processes = new EnumMap<>(Service.class);

  Processes(LabHost host, String config) {
    this.host = host;
    this.config = host.lab().directory().resolve(host.name() + ".conf");
    this.meeting = host.lab().directory().resolve(host.name() + "-link");
    write(config);
  }

  /** Where they meet. */
  Path meeting() {
    return meeting;
  }

  void write(String text) {
    try {
      Files.writeString(config, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts all of them at once and waits until each is linked with the three others. */
  void startAll() {
    SERVICES.forEach(this::begin);
    for (Service service : SERVICES) {
      for (Service other : SERVICES) {
        if (service != other) {
          of(service).awaitLine("Linked with " + other.label(), LIMIT);
        }
      }
      of(service).awaitLine("Started Keepstream", LIMIT);
    }
  }

  /** Starts one of them, in the place of the one before. */
  LabProcess begin(Service service) {
    LabProcess process = start(service);
    processes.put(service, process);
    return process;
  }

  /** The same, with a configuration file of its own. */
  void begin(Service service, Path file) {
    processes.put(service, start(service, file));
  }

  /** Starts one more. */
  LabProcess start(Service service) {
    return start(service, config);
  }

  private LabProcess start(Service service, Path file) {
    return host.start(
        Speaker.command(
            "run",
            "-f",
            file.toString(),
            "--only",
            service.label(),
            "--link-dir",
            meeting.toString()));
  }

  LabProcess of(Service service) {
    return processes.get(service);
  }

  /** Those that run services other than this one. */
  List<LabProcess> others(Service service) {
    return processes.entrySet().stream()
        .filter(each -> each.getKey() != service)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Asks the process of one service about VI_1. */
  String explain(Service service) {
    try {
      return ControlClient.ask(socket(service), new Question(What.EXPLAIN, "VI_1"));
    } catch (ControlException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Path socket(Service service) {
    return meeting.resolve(service.label() + ".sock");
  }

  /** Runs a command about the process of one service. */
  Output ask(Service service, String... question) {
    String[] arguments = Arrays.copyOf(question, question.length + 2);
    arguments[question.length] = "--control";
    arguments[question.length + 1] = socket(service).toString();
    return host.run(LIMIT, Speaker.command(arguments));
  }
}
