package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keepstream.contract.Service;
import java.util.List;

/** What happens to the process and its services. */
public sealed interface NodeEvent extends Event {

  @Override
  default String subject() {
    return "node";
  }

  /**
   * All services of the process run.
   *
   * @param version of the program
   * @param services those that run
   * @param startMillis how long the start took
   */
  @JsonTypeName("io.keepstream.node.started.v1")
  record Started(String version, List<Service> services, String configFile, long startMillis)
      implements NodeEvent {
    public Started {
      services = List.copyOf(services);
    }

    @Override
    public String summary() {
      return "Started Keepstream %s with %s, configuration %s, in %d ms"
          .formatted(version, services, configFile, startMillis);
    }
  }

  /**
   * The process leaves politely.
   *
   * @param reason what made it, as in {@code SIGTERM}
   */
  @JsonTypeName("io.keepstream.node.stopping.v1")
  record Stopping(String reason) implements NodeEvent {
    @Override
    public String summary() {
      return "Stopping: " + reason;
    }
  }

  /**
   * A new configuration is in force.
   *
   * @param millis how long it took
   */
  @JsonTypeName("io.keepstream.node.config-reloaded.v1")
  record ConfigReloaded(String configFile, long millis) implements NodeEvent {
    @Override
    public String summary() {
      return "Reloaded configuration %s in %d ms".formatted(configFile, millis);
    }
  }

  /**
   * A new configuration was refused as a whole; the old one stays in force.
   *
   * @param errors all of them, as {@code file:line:column: error: ...}
   */
  @JsonTypeName("io.keepstream.node.config-rejected.v1")
  record ConfigRejected(String configFile, List<String> errors) implements NodeEvent {
    public ConfigRejected {
      errors = List.copyOf(errors);
    }

    @Override
    public String summary() {
      return "Configuration %s refused, keeping the old one: %s"
          .formatted(configFile, String.join("; ", errors));
    }
  }

  /**
   * A service waits before it takes part, as {@code vrrp_startup_delay} and its kin say.
   *
   * @param service which service
   * @param millis from now
   */
  @JsonTypeName("io.keepstream.node.start-delayed.v1")
  record StartDelayed(Service service, long millis) implements NodeEvent {
    @Override
    public String summary() {
      return "%s takes part in %d ms".formatted(service.label(), millis);
    }
  }

  /**
   * A service has not gone over to a new configuration, which is in force in the others.
   *
   * @param service which service
   * @param reason why, in words
   */
  @JsonTypeName("io.keepstream.node.reload-failed.v1")
  record ReloadFailed(String configFile, Service service, String reason) implements NodeEvent {
    @Override
    public String summary() {
      return "%s has not gone over to %s as it is now: %s"
          .formatted(service.label(), configFile, reason);
    }
  }

  /**
   * A service did not run for a while; garbage collection, a stopped process, a paused machine.
   *
   * @param service which service
   * @param millis how long it did not run
   */
  @JsonTypeName("io.keepstream.node.stalled.v1")
  record Stalled(Service service, long millis) implements NodeEvent {
    @Override
    public String summary() {
      return "%s stalled for %d ms".formatted(service.label(), millis);
    }
  }

  /**
   * A service in another process of this node is gone or silent; what it said last stands until it
   * is back. Each process tells so for itself, and only to its own services.
   *
   * @param service which service
   * @param process the services of its process, as in {@code health+lvs}
   * @param reason what became of the process, in words
   * @param silentMillis since the service last said something
   */
  @JsonTypeName("io.keepstream.node.service-lost.v1")
  record ServiceLost(Service service, String process, String reason, long silentMillis)
      implements NodeEvent {
    @Override
    public String summary() {
      return "%s is lost: its process %s; its last words, %d ms ago, stand"
          .formatted(service.label(), reason, silentMillis);
    }
  }

  /**
   * A service that was lost is there again.
   *
   * @param service which service
   * @param process the services of its process
   * @param lostMillis how long it was lost
   */
  @JsonTypeName("io.keepstream.node.service-back.v1")
  record ServiceBack(Service service, String process, long lostMillis) implements NodeEvent {
    @Override
    public String summary() {
      return "%s is back after %d ms".formatted(service.label(), lostMillis);
    }
  }
}
