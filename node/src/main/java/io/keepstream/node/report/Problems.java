package io.keepstream.node.report;

import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a node, each in words; empty when all is well. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  private Problems() {}

  /** All that somebody should look at. Bad trackers are not: what they do to instances is. */
  public static List<String> of(NodeReport report) {
    Problems problems = new Problems();
    problems.ofTakeover(report);
    report.fresh(ServiceState.Election.class).forEach(problems::sessions);
    report.fresh(ServiceState.Health.class).forEach(problems::verdicts);
    report.fresh(ServiceState.Lvs.class).forEach(problems::quorums);
    report.fresh(ServiceState.Notifier.class).forEach(problems::sinks);
    return List.copyOf(problems.found);
  }

  /** Only what keeps the services of {@code report} from doing their job now. */
  public static List<String> ofReadiness(NodeReport report) {
    Problems problems = new Problems();
    problems.ofTakeover(report);
    return List.copyOf(problems.found);
  }

  private void ofTakeover(NodeReport report) {
    report.services().stream()
        .filter(each -> each.known() && !each.answered())
        .forEach(each -> found.add(each.service().label() + " does not answer"));
    report
        .fresh(ServiceState.Election.class)
        .flatMap(election -> election.instances().stream())
        .filter(each -> each.state() != VrrpState.MASTER && each.state() != VrrpState.BACKUP)
        .forEach(
            each ->
                found.add(
                    "%s is in %s: %s"
                        .formatted(each.router().instance(), each.state(), each.cause().text())));
  }

  private void sessions(ServiceState.Election election) {
    election.bfdSessions().stream()
        .filter(each -> each.state() != BfdState.UP)
        .forEach(
            each ->
                found.add(
                    "BFD session %s is %s: %s"
                        .formatted(
                            each.session(),
                            each.state().words(),
                            each.fault() == null ? each.diagnostic().words() : each.fault())));
  }

  private void verdicts(ServiceState.Health health) {
    health.backends().stream()
        .filter(each -> !each.up())
        .forEach(
            each ->
                found.add(
                    "real server %s of %s is down"
                        .formatted(each.backend().realServer(), each.backend().virtualServer())));
  }

  private void quorums(ServiceState.Lvs lvs) {
    lvs.virtualServers().stream()
        .filter(each -> !each.quorum())
        .forEach(
            each -> found.add("virtual server %s has no quorum".formatted(each.virtualServer())));
  }

  private void sinks(ServiceState.Notifier notifier) {
    notifier.sinks().stream()
        .filter(each -> !each.healthy())
        .forEach(
            each ->
                found.add(
                    "%s does not deliver, %d events wait%s"
                        .formatted(
                            each.sink(),
                            each.queued(),
                            each.detail() == null ? "" : ": " + each.detail())));
    notifier.sinks().stream()
        .filter(each -> each.deadLetters() > 0)
        .forEach(
            each ->
                found.add("%s has %d dead letter(s)".formatted(each.sink(), each.deadLetters())));
  }
}
