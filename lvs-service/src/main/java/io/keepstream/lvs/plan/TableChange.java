package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;

/** One change to the IPVS table. Its text says it in words. */
public sealed interface TableChange {

  /** The service that is changed, or whose destination is. */
  ServiceKey service();

  /** Adds a service without destinations. */
  record AddService(VirtualService added) implements TableChange {
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
  record UpdateService(VirtualService before, VirtualService after) implements TableChange {
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
  record RemoveService(ServiceKey service) implements TableChange {
    @Override
    public String toString() {
      return "remove " + service;
    }
  }

  /** Adds a destination to a service. */
  record AddDestination(ServiceKey service, Destination added) implements TableChange {
    @Override
    public String toString() {
      return "add %s to %s (%s)".formatted(added.key(), service, Words.of(added));
    }
  }

  /** Changes a destination; its connections stay. */
  record UpdateDestination(ServiceKey service, Destination before, Destination after)
      implements TableChange {
    @Override
    public String toString() {
      return "change %s of %s (%s to %s)"
          .formatted(after.key(), service, Words.of(before), Words.of(after));
    }
  }

  /** Removes a destination from a service. */
  record RemoveDestination(ServiceKey service, DestinationKey removed) implements TableChange {
    @Override
    public String toString() {
      return "remove %s from %s".formatted(removed, service);
    }
  }
}
