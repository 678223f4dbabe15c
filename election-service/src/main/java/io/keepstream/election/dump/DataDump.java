package io.keepstream.election.dump;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.config.Reported;
import io.keepstream.election.config.RoutingConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.VirtualRoute;
import io.keepstream.election.config.VirtualRule;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.explain.Watched;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.Timers;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.vrrp.Authentication;
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
    say("VRRP Version", view.config().machine().version());
    state(view, since);
    say("Interface", Facts.networkInterface(view));
    habits(view);
    if (view.parameters().primaryAddress() != null) {
      say("Using src_ip", view.parameters().primaryAddress().getHostAddress());
    }
    announcing(view.config().announce());
    protocol(view, view.config().machine());
    say("Accept", enabled(view.config().link().accept()));
    say("Promote_secondaries", enabled(Facts.promotesSecondaries(view)));
    wire(view.config().wire());
    held(view);
    tracked("Tracked interfaces :", view, TrackerRef.Kind.INTERFACE, "%s weight %d");
    tracked("Tracked scripts :", view, TrackerRef.Kind.SCRIPT, "%s weight %d");
    tracked("Tracked files :", view, TrackerRef.Kind.FILE, "%s, weight %d");
    tracked("Tracked processes :", view, TrackerRef.Kind.PROCESS, "%s, weight %d");
    told(view.config().reported());
  }

  private void state(RouterView view, ZonedDateTime since) {
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
  }

  private void protocol(RouterView view, VirtualRouterConfig machine) {
    say("Down timer adverts", machine.downTimerAdverts());
    say("Send advert after receive lower priority advert", !machine.lowerPrioNoAdvert());
    say("Send advert after receive higher priority advert", machine.higherPrioSendAdvert());
    say("Virtual Router ID", view.config().router().vrid());
    say("Priority", machine.priority());
    say("Effective priority", view.parameters().effectivePriority());
    say("Total priority", view.parameters().effectivePriority());
    say("Advert interval", interval(machine));
    say("Preempt", enabled(machine.preempt()));
    if (machine.preemptDelayNanos() > 0) {
      say("Preempt delay", Facts.seconds(machine.preemptDelayNanos()) + " secs");
    }
  }

  private void held(RouterView view) {
    List<VirtualAddress> addresses = view.config().addresses();
    lines("Virtual IP (%d):".formatted(addresses.size()), Facts.addresses(view, addresses));
    lines("Virtual IP Excluded :", Facts.addresses(view, view.config().excluded()));
    RoutingConfig routing = view.config().routing();
    lines("Virtual Routes :", routing.routes().stream().map(VirtualRoute::text).toList());
    lines("Virtual Rules :", routing.rules().stream().map(VirtualRule::text).toList());
  }

  private void habits(RouterView view) {
    if (view.config().wire().listening().skipAddressCheck()) {
      text.append("   Skip checking advert IP addresses\n");
    }
    if (view.config().reported().strict()) {
      text.append("   Enforcing strict VRRP compliance\n");
    }
  }

  private void told(Reported reported) {
    say("Using smtp notification", reported.smtpAlert() ? "yes" : "no");
    say("Notify deleted", reported.deletionTold() ? "Deleted" : "Fault");
    for (String word : Reported.WORDS) {
      String command = reported.notifyScripts().get(word);
      if (command != null) {
        say(title(word) + " state transition script", command);
      }
    }
  }

  private static String title(String word) {
    return switch (word) {
      case "notify_master_rx_lower_pri" -> "Master rx lower pri";
      case "notify" -> "Generic";
      default -> {
        String state = word.substring("notify_".length());
        yield Character.toUpperCase(state.charAt(0)) + state.substring(1);
      }
    };
  }

  private static String enabled(boolean on) {
    return on ? "enabled" : "disabled";
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
    switch (wire.authentication()) {
      case Authentication.None _ -> {}
      case Authentication.Password _ -> say("Authentication type", "SIMPLE_PASSWORD");
      case Authentication.Header _ -> say("Authentication type", "IPSEC_AH");
    }
    if (wire.unicast()) {
      text.append("   Unicast Peer :\n");
      wire.peers()
          .forEach(
              peer -> text.append("     ").append(peer.address().getHostAddress()).append('\n'));
    }
  }

  private void tracked(String title, RouterView view, TrackerRef.Kind kind, String form) {
    lines(
        title,
        view.watched().stream()
            .map(Watched::tracked)
            .filter(each -> each.tracker().kind() == kind)
            .map(each -> form.formatted(each.tracker().name(), each.weight()))
            .toList());
  }

  private void lines(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("   ").append(title).append('\n');
      lines.forEach(line -> text.append("     ").append(line).append('\n'));
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
