package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.lvs.nft.Limits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what IPVS can do and nftables cannot, line by line. */
final class NftablesCheck {
  private static final String SCHEDULERS = String.join(", ", Limits.SCHEDULERS);

  private final Set<Diagnostic> obstacles = new LinkedHashSet<>();

  private NftablesCheck() {}

  /** An error for each line that nftables cannot carry out. */
  static List<Diagnostic> of(Section root) {
    NftablesCheck check = new NftablesCheck();
    for (Section global : root.blocks("global_defs")) {
      check.any(global, "lvs_sync_daemon", "sync daemons");
      check.any(global, "lvs_timeouts", "IPVS timeouts; set net.netfilter.nf_conntrack_*_timeout");
    }
    for (Section instance : root.blocks("vrrp_instance")) {
      check.any(instance, "lvs_sync_daemon_interface", "sync daemons");
    }
    root.blocks("virtual_server").forEach(check::virtualServer);
    return List.copyOf(check.obstacles);
  }

  private void any(Section section, String word, String what) {
    section.all(word).forEach(line -> obstacle(line.position(), what));
  }

  private void obstacle(Position position, String what) {
    obstacles.add(Diagnostic.error(position, "nftables cannot do " + what));
  }

  private void virtualServer(Section section) {
    Optional<Statement> scheduler = Values.last(section, "lb_algo", "lvs_sched");
    String name = scheduler.map(line -> line.argument(0)).orElse("wlc, which is the default");
    if (!Limits.schedules(name)) {
      obstacle(
          scheduler.map(Statement::position).orElse(section.position()),
          "scheduler %s; it can do %s".formatted(name, SCHEDULERS));
    }
    any(section, "ops", "one-packet scheduling");
    any(section, "persistence_engine", "persistence engines");
    Optional<Statement> method = Values.last(section, "lb_kind", "lvs_method");
    for (Section real : section.blocks("real_server")) {
      method(real.last("lvs_method").or(() -> method));
      Stream.of("uthreshold", "lthreshold")
          .flatMap(word -> real.last(word).stream())
          .filter(line -> !line.argument(0).equals("0"))
          .forEach(line -> obstacle(line.position(), "thresholds"));
    }
    if (section.has("sorry_server")) {
      method(section.last("sorry_server_lvs_method").or(() -> method));
    }
  }

  private void method(Optional<Statement> line) {
    line.filter(it -> !it.argument(0).equals("NAT"))
        .ifPresent(
            it ->
                obstacle(
                    it.position(),
                    "forwarding method %s; it can do NAT".formatted(it.argument(0))));
  }
}
