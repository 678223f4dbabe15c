package io.keepstream.node.packaging;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host of a lab with a Docker engine of its own, so that what its containers call the host's
 * network is this host's. Commands run in the repository, with the engine in their environment.
 */
final class DockerHost implements AutoCloseable {
  /** What the Dockerfile's base is called; the engine gets a Debian that was made here. */
  private static final String BASE = "debian:trixie-slim";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final String REPOSITORY = "..";

  private final LabHost host;
  private final List<String> environment;
  private final LabProcess engine;

  private DockerHost(LabHost host, List<String> environment, LabProcess engine) {
    this.host = host;
    this.environment = environment;
    this.engine = engine;
  }

  /**
   * Starts an engine without images.
   *
   * @param variables NAME=value for the commands
   */
  static DockerHost start(LabHost host, String... variables) {
    Path files = host.lab().directory().resolve(host.name() + "-docker");
    String socket = "unix://" + files.resolve("socket");
    // The host's network, and mounts that go with the engine; ip netns exec would hide the cgroups.
    LabProcess engine =
        host.lab()
            .start(
                host.name() + ": dockerd",
                List.of(
                    "nsenter",
                    "--net=" + host.namespacePath(),
                    "unshare",
                    "--mount",
                    "dockerd",
                    "--log-level=warn",
                    "--data-root=" + files.resolve("data"),
                    "--exec-root=" + files.resolve("exec"),
                    "--pidfile=" + files.resolve("pid"),
                    "--host=" + socket,
                    "--bridge=none",
                    "--iptables=false",
                    "--ip-forward=false",
                    "--ip-masq=false"));
    DockerHost started =
        new DockerHost(
            host,
            Stream.concat(Stream.of("DOCKER_HOST=" + socket), Stream.of(variables)).toList(),
            engine);
    host.lab().own(started);
    Await.until(LIMIT, "the engine answers", () -> started.run("docker info").status() == 0);
    return started;
  }

  LabHost host() {
    return host;
  }

  /** Gives the engine the base that the Dockerfile names. */
  void importBase() {
    must("docker import %s %s".formatted(Built.debian(), BASE));
  }

  /** Runs a line of shell in the repository. */
  Output run(String line) {
    return host.run(LIMIT, shell(line));
  }

  /** Has the logs of all services shown when a test fails. */
  void followLogs() {
    host.start(shell("exec docker-compose logs -f --no-color"));
  }

  private String[] shell(String line) {
    return Stream.of(List.of("env", "-C", REPOSITORY), environment, List.of("sh", "-c", line))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** As {@link #run}, on a terminal, as people do, and again until it succeeds. */
  void type(String line) {
    String typed = "script -qec '%s' /dev/null < /dev/null".formatted(line.replace("'", "'\\''"));
    Await.until(LIMIT, line, () -> run(typed).status() == 0);
  }

  /** As {@link #run}; must succeed. */
  String must(String line) {
    return run(line).orThrow(line).text().strip();
  }

  /** The container of a service of the compose file. */
  String container(String service) {
    return must("docker-compose ps -q " + service);
  }

  /** What the engine knows of a service's container, by a template. */
  String inspect(String service, String template) {
    return must("docker inspect -f '%s' %s".formatted(template, container(service)));
  }

  boolean isHealthy(String service) {
    return inspect(service, "{{.State.Health.Status}}").equals("healthy");
  }

  /** The JVM of a service, if it runs. */
  Optional<ProcessHandle> jvm(String service) {
    return jvmOf(container(service));
  }

  /** The JVM of a container, if it runs; its parent is the container's init. */
  Optional<ProcessHandle> jvmOf(String container) {
    long init = Long.parseLong(must("docker inspect -f '{{.State.Pid}}' " + container));
    return ProcessHandle.of(init).flatMap(handle -> handle.children().findFirst());
  }

  /** The line that asks the engine once for what is at {@code path}. */
  String apiCall(String path) {
    return "curl -sf --unix-socket ${DOCKER_HOST#unix://} 'http://engine/%s?stream=false&one-shot=true'"
        .formatted(path);
  }

  @Override
  public void close() {
    run("docker ps -aq | xargs -r docker rm -f");
    engine.signal("TERM");
    engine.awaitExit(STOP_LIMIT);
  }
}
