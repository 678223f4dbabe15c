package io.keepstream.notifier.torture;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.runtime.ServiceVerticle;
import io.vertx.core.Future;
import java.util.List;

/** A service that does nothing but publish: the notifier must not tell it from the real ones. */
final class Publisher extends ServiceVerticle<String> {
  Publisher(Service service) {
    super("lb1", service, "");
  }

  /** Publishes event {@code count} about {@code instance}; its priority tells the count. */
  void publish(String instance, int count) {
    TransitionCause cause = TransitionCause.of(TransitionCause.Reason.STARTED);
    events()
        .publish(
            new VrrpEvent.InstanceChanged(
                new VirtualRouterRef(instance, 51, "inet", "eth0"),
                VrrpState.BACKUP,
                VrrpState.MASTER,
                10,
                Priority.of(count),
                cause,
                null));
  }

  @Override
  protected Future<?> begin(String config) {
    return Future.succeededFuture();
  }

  @Override
  protected Future<?> change(String previous, String next) {
    return Future.succeededFuture();
  }

  @Override
  protected Future<?> end() {
    return Future.succeededFuture();
  }

  @Override
  protected Future<ServiceState> state() {
    return Future.succeededFuture(new ServiceState.Election(List.of(), List.of()));
  }
}
