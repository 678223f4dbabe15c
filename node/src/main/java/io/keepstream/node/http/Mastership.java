package io.keepstream.node.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.IpPrefix;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.node.report.NodeReport;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Whether this node is MASTER of one virtual address.
 *
 * @param known whether an instance here has the address
 * @param instance which one; none when unknown
 * @param state its state; none when the election does not answer, whatever it was before
 * @param ageMillis since that state began
 * @param answered whether the election answered just now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Mastership(
    String vip,
    boolean known,
    boolean master,
    String instance,
    VrrpState state,
    Long ageMillis,
    boolean answered) {

  static Mastership of(InetAddress vip, NodeReport report) {
    boolean answered = report.of(Service.ELECTION).answered();
    Optional<Instance> found =
        report
            .fresh(ServiceState.Election.class)
            .flatMap(election -> election.instances().stream())
            .filter(instance -> has(instance.addresses(), vip))
            .findFirst();
    return new Mastership(
        vip.getHostAddress(),
        found.isPresent(),
        found.filter(instance -> instance.state() == VrrpState.MASTER).isPresent(),
        found.map(instance -> instance.router().instance()).orElse(null),
        found.map(Instance::state).orElse(null),
        found.map(Instance::ageMillis).orElse(null),
        answered);
  }

  private static boolean has(List<String> addresses, InetAddress vip) {
    return addresses.stream()
        .flatMap(text -> Addresses.prefix(text).stream())
        .map(IpPrefix::address)
        .anyMatch(vip::equals);
  }
}
