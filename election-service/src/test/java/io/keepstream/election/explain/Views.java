package io.keepstream.election.explain;

import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.Tracking;
import io.keepstream.election.machine.Tracking.Standing;
import io.keepstream.election.machine.Tracking.Tracked;
import io.keepstream.election.machine.Tracking.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Views of instances as their configuration text says, for tests. */
public final class Views {
  /** The moment of all views. */
  public static final long NOW = 100_000_000_000L;

  private Views() {}

  /** An instance called VI_1 on eth0 with further words. */
  public static String instance(String words) {
    return """
    vrrp_script chk {
        script /bin/true
    }
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        virtual_ipaddress {
            10.0.0.100/24
        }
    %s
    }
    """
        .formatted(words);
  }

  /** What is so in {@code state}, entered five seconds ago, while all trackers say the verdict. */
  public static RouterView view(String text, State state, Verdict verdict) {
    InstanceConfig config =
        ElectionConfigReader.read(
                ConfigReader.read("node.conf", new TextSource("node.conf", text)).root(),
                name -> true,
                problem -> {
                  throw new IllegalArgumentException(problem.toString());
                })
            .instances()
            .getFirst();
    Standing standing = standing(config, verdict);
    InetAddress own = InetAddress.ofLiteral("10.0.0.1");
    return new RouterView(
        config,
        new Parameters(
            config.machine(), standing.priority(), own, standing.faults(), standing.awaited()),
        new RouterView.Phase(state, TransitionCause.of(Reason.MASTER_SILENT), NOW - 5_000_000_000L),
        config.tracked().stream().map(each -> watched(config, each, verdict)).toList(),
        List.of(
            new PeerHeard(
                InetAddress.ofLiteral("10.0.0.2"), 150, 1_000_000_000L, NOW - 250_000_000L)),
        null,
        null,
        StartDelay.OVER,
        Map.of("adverSent", 7L, "adverRcvd", 3L, "becameMaster", 1L),
        NOW);
  }

  /** The same, after {@code refusal} and in {@code group}, while the start is delayed. */
  public static RouterView with(
      RouterView view, Refusal refusal, SyncGroupConfig group, long delayedUntilNanos) {
    return new RouterView(
        view.config(),
        view.parameters(),
        view.phase(),
        view.watched(),
        view.peers(),
        refusal,
        group,
        delayedUntilNanos,
        view.counters(),
        view.nowNanos());
  }

  private static Standing standing(InstanceConfig config, Verdict verdict) {
    return Tracking.evaluate(config.machine().priority(), config.tracked(), tracker -> verdict);
  }

  private static Watched watched(InstanceConfig config, Tracked tracked, Verdict verdict) {
    Standing otherwise =
        switch (verdict) {
          case UP -> standing(config, Verdict.DOWN);
          case DOWN -> standing(config, Verdict.UP);
          case UNKNOWN, SILENT -> null;
        };
    String says = verdict.name().toLowerCase(Locale.ROOT);
    return new Watched(tracked, says, otherwise);
  }
}
