package io.keepstream.node.http;

import io.keepstream.config.value.Addresses;
import io.keepstream.contract.Service;
import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.Problems;
import io.keepstream.node.report.Snapshots;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is answered on which path. */
final class Pages {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final String DIRECTORY =
      "/metrics /livez /readyz /is-master?vip=ADDRESS /state".replace(' ', '\n') + "\n";

  private final Snapshots snapshots;
  private final Function<NodeReport, Future<Page>> metrics;
  private final Supplier<List<Service>> stuck;

  /**
   * Pages made of {@code snapshots}.
   *
   * @param metrics writes the page of metrics
   * @param stuck the services whose loops do not move
   */
  Pages(
      Snapshots snapshots,
      Function<NodeReport, Future<Page>> metrics,
      Supplier<List<Service>> stuck) {
    this.snapshots = snapshots;
    this.metrics = metrics;
    this.stuck = stuck;
  }

  /** The page at {@code path}; {@code vip} is the parameter of that name, or null. */
  Future<Page> at(String path, String vip) {
    return switch (path) {
      case "/" -> Future.succeededFuture(Page.text(200, DIRECTORY));
      case "/livez" -> Future.succeededFuture(alive());
      case "/metrics" -> snapshots.askOwn().compose(metrics);
      case "/readyz" -> snapshots.askOwn().map(Pages::ready);
      case "/is-master" -> isMaster(vip);
      case "/state" -> snapshots.ask().map(report -> Page.json(200, report));
      default ->
          Future.succeededFuture(
              Page.text(NOT_FOUND, "there is nothing at " + path + "; there is:\n" + DIRECTORY));
    };
  }

  private Page alive() {
    List<Service> stuckNow = stuck.get();
    return Page.verdict(stuckNow.isEmpty(), Map.of("stuck", stuckNow));
  }

  private static Page ready(NodeReport own) {
    List<String> problems = Problems.ofReadiness(own);
    return Page.verdict(problems.isEmpty(), Map.of("problems", problems));
  }

  private Future<Page> isMaster(String vip) {
    Optional<InetAddress> address = Optional.ofNullable(vip).flatMap(Addresses::ip);
    if (address.isEmpty()) {
      return Future.succeededFuture(
          Page.text(
              BAD_REQUEST, "expected ?vip= with an IPv4 or IPv6 address, found " + vip + "\n"));
    }
    return snapshots
        .ask(Set.of(Service.ELECTION))
        .map(report -> Mastership.of(address.get(), report))
        .map(found -> Page.verdict(found.master(), found));
  }
}
