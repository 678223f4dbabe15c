package io.keepstream.election.dump;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.explain.Watched;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.Timers;
import io.keepstream.election.machine.VirtualRouterConfig;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** {@code keepalived.data}: what exporters read of instances and scripts. */
public final class DataDump {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS yyyy", Locale.ROOT);

  private final StringBuilder text = new StringBuilder();

  private DataDump() {}

  /** The whole file; {@code since} tells when an instance entered its state. */
  public static String file(List<RouterView> views, Function<RouterView, ZonedDateTime> since) {
    DataDump dump = new DataDump();
    dump.text.append("------< VRRP Topology >------\n");
    views.forEach(view -> dump.instance(view, since.apply(view)));
    dump.scripts(views);
    return dump.text.toString();
  }

  private void instance(RouterView view, ZonedDateTime since) {
    text.append(" VRRP Instance = ").append(view.name()).append('\n');
    VirtualRouterConfig machine = view.config().machine();
    say("VRRP Version", machine.version());
    say("State", Facts.state(view));
    State.Heard heard = Facts.heard(view);
    if (heard != null) {
      say("Master router", heard.sender().getHostAddress());
      say("Master priority", heard.priority());
    }
    say("Wantstate", Facts.state(view));
    say("Number of interface and track script faults", view.parameters().faults().size());
    say("Last transition", moment(since));
    long downNanos = Timers.masterDownNanos(view.parameters(), Facts.masterIntervalNanos(view));
    say("Master down timer", TimeUnit.NANOSECONDS.toMicros(downNanos) + " usecs");
    say("Interface", view.config().router().networkInterface());
    if (view.parameters().primaryAddress() != null) {
      say("Using src_ip", view.parameters().primaryAddress().getHostAddress());
    }
    announcing(view.config().announce());
    say("Down timer adverts", machine.downTimerAdverts());
    say("Send advert after receive lower priority advert", !machine.lowerPrioNoAdvert());
    say("Send advert after receive higher priority advert", machine.higherPrioSendAdvert());
    say("Virtual Router ID", view.config().router().vrid());
    say("Priority", machine.priority());
    say("Effective priority", view.parameters().effectivePriority());
    say("Total priority", view.parameters().effectivePriority());
    say("Advert interval", interval(machine));
    say("Preempt", machine.preempt() ? "enabled" : "disabled");
    if (machine.preemptDelayNanos() > 0) {
      say("Preempt delay", Facts.seconds(machine.preemptDelayNanos()) + " secs");
    }
    wire(view.config().wire());
    addresses("Virtual IP (%d):", view.config().addresses(), Facts.master(view));
    addresses("Virtual IP Excluded :", view.config().excluded(), Facts.master(view));
    tracked("Tracked interfaces :", view, TrackerRef.Kind.INTERFACE);
    tracked("Tracked scripts :", view, TrackerRef.Kind.SCRIPT);
  }

  private void announcing(AnnounceConfig announce) {
    say("Gratuitous ARP delay", Facts.seconds(announce.masterDelayNanos()));
    say("Gratuitous ARP repeat", announce.masterRepeat());
    say("Gratuitous ARP refresh", Facts.seconds(announce.refreshNanos()));
    say("Gratuitous ARP refresh repeat", announce.refreshRepeat());
    say("Gratuitous ARP lower priority delay", Facts.seconds(announce.lowerPrioDelayNanos()));
    say("Gratuitous ARP lower priority repeat", announce.lowerPrioRepeat());
  }

  /** Passwords stay in the configuration file. */
  private void wire(WireConfig wire) {
    if (wire.authentication().type() != 0) {
      say("Authentication type", "SIMPLE_PASSWORD");
    }
    if (wire.unicast()) {
      text.append("   Unicast Peer :\n");
      wire.peers()
          .forEach(
              peer -> text.append("     ").append(peer.address().getHostAddress()).append('\n'));
    }
  }

  private void addresses(String title, List<VirtualAddress> addresses, boolean set) {
    if (!addresses.isEmpty()) {
      text.append("   ").append(title.formatted(addresses.size())).append('\n');
      addresses.forEach(each -> text.append("     ").append(Facts.address(each, set)).append('\n'));
    }
  }

  private void tracked(String title, RouterView view, TrackerRef.Kind kind) {
    List<Watched> tracked =
        view.watched().stream().filter(each -> each.tracked().tracker().kind() == kind).toList();
    if (!tracked.isEmpty()) {
      text.append("   ").append(title).append('\n');
      tracked.forEach(
          each ->
              text.append(
                  "     %s weight %d\n"
                      .formatted(each.tracked().tracker().name(), each.tracked().weight())));
    }
  }

  private void scripts(List<RouterView> views) {
    Map<String, String> status = new TreeMap<>();
    views.stream()
        .flatMap(view -> view.watched().stream())
        .filter(each -> each.tracked().tracker().kind() == TrackerRef.Kind.SCRIPT)
        .forEach(each -> status.put(each.tracked().tracker().name(), status(each.says())));
    if (!status.isEmpty()) {
      text.append("------< VRRP Scripts >------\n");
      status.forEach(
          (name, good) -> {
            text.append(" VRRP Script = ").append(name).append('\n');
            say("Status", good);
            say("State", "idle");
          });
    }
  }

  private static String status(String says) {
    return switch (says) {
      case "up" -> "GOOD";
      case "down" -> "BAD";
      default -> "INIT";
    };
  }

  private static String interval(VirtualRouterConfig machine) {
    long millis = TimeUnit.NANOSECONDS.toMillis(machine.advertIntervalNanos());
    return machine.version() == 2 ? millis / 1000 + " sec" : millis + " milli-sec";
  }

  private static String moment(ZonedDateTime at) {
    return "%d.%06d (%s)".formatted(at.toEpochSecond(), at.getNano() / 1000, WHEN.format(at));
  }

  private void say(String name, Object value) {
    text.append("   ").append(name).append(" = ").append(value).append('\n');
  }
}
