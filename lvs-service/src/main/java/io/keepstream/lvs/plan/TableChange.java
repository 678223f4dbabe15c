package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.VirtualService;

/** One change to the IPVS table. Its text says it in words. */
public sealed interface TableChange {

  /** A change to one service or its destinations. */
  sealed interface OfService extends TableChange {

    /** The service that is changed, or whose destination is. */
    ServiceKey service();
  }

  /** A change to what holds for all services. */
  sealed interface OfSettings extends TableChange {}

  /** Adds a service without destinations. */
  record AddService(VirtualService added) implements OfService {
    @Override
    public ServiceKey service() {
      return added.key();
    }

    @Override
    public String toString() {
      return "add " + service() + " (" + Words.of(added) + ")";
    }
  }

  /** Changes a service; its destinations and connections stay. */
  record UpdateService(VirtualService before, VirtualService after) implements OfService {
    @Override
    public ServiceKey service() {
      return after.key();
    }

    @Override
    public String toString() {
      return "change %s (%s to %s)".formatted(service(), Words.of(before), Words.of(after));
    }
  }

  /** Removes a service with its destinations. */
  record RemoveService(ServiceKey service) implements OfService {
    @Override
    public String toString() {
      return "remove " + service;
    }
  }

  /** Adds a destination to a service. */
  record AddDestination(ServiceKey service, Destination added) implements OfService {
    @Override
    public String toString() {
      return "add %s to %s (%s)".formatted(added.key(), service, Words.of(added));
    }
  }

  /** Changes a destination; its connections stay. */
  record UpdateDestination(ServiceKey service, Destination before, Destination after)
      implements OfService {
    @Override
    public String toString() {
      return "change %s of %s (%s to %s)"
          .formatted(after.key(), service, Words.of(before), Words.of(after));
    }
  }

  /** Removes a destination from a service. */
  record RemoveDestination(ServiceKey service, DestinationKey removed) implements OfService {
    @Override
    public String toString() {
      return "remove %s from %s".formatted(removed, service);
    }
  }

  /** Starts a sync daemon. */
  record StartDaemon(SyncDaemon daemon) implements OfSettings {
    @Override
    public String toString() {
      return "start sync daemon %s (%s)".formatted(daemon.role().word(), daemon);
    }
  }

  /** Stops a sync daemon. */
  record StopDaemon(SyncDaemon daemon) implements OfSettings {
    @Override
    public String toString() {
      return "stop sync daemon %s (%s)".formatted(daemon.role().word(), daemon);
    }
  }

  /** Sets timeouts; 0 leaves one as it is. */
  record SetTimeouts(Timeouts before, Timeouts after) implements OfSettings {
    @Override
    public String toString() {
      return "set timeouts (%s to %s)".formatted(before, after.or(before));
    }
  }
}
