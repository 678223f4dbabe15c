package io.keepstream.election.dump;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.config.Reported;
import io.keepstream.election.config.RoutingConfig;
import io.keepstream.election.config.VirtualRoute;
import io.keepstream.election.config.VirtualRule;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.VirtualRouterConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code keepalived.json} as maps and lists, with keepalived's names, order and types. */
public final class JsonDump {
  private JsonDump() {}

  /** The whole file: version 1 is {@code entries} as they are. */
  public static Object file(int version, List<Map<String, Object>> entries) {
    if (version == 1) {
      return entries;
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("vrrp", entries);
    file.put("track_process", List.of());
    return file;
  }

  /** One instance: its data and what it {@code counted}. */
  public static Map<String, Object> entry(RouterView view, Statistics counted, Instant since) {
    Map<String, Object> stats = new LinkedHashMap<>();
    Statistics.names().forEach(name -> stats.put(name, counted.value(name)));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("data", data(view, since));
    entry.put("stats", stats);
    return entry;
  }

  private static Map<String, Object> data(RouterView view, Instant since) {
    Map<String, Object> data = new LinkedHashMap<>();
    State.Heard heard = Facts.heard(view);
    data.put("iname", view.name());
    data.put("dont_track_primary", number(!view.config().tracksInterface()));
    data.put("skip_check_adv_addr", number(view.config().wire().listening().skipAddressCheck()));
    data.put("strict_mode", number(view.config().reported().strict()));
    data.put("vmac_ifname", Facts.vmac(view));
    data.put("ifp_ifname", Facts.networkInterface(view));
    data.put("master_priority", heard == null ? 0 : heard.priority());
    data.put("last_transition", seconds(since));
    announcing(data, view.config().announce());
    protocol(data, view);
    scripts(data, view.config().reported().notifyScripts());
    list(data, "vips", Facts.addresses(view, view.config().addresses()));
    list(data, "evips", Facts.addresses(view, view.config().excluded()));
    RoutingConfig routing = view.config().routing();
    list(data, "vroutes", routing.routes().stream().map(VirtualRoute::text).toList());
    list(data, "vrules", routing.rules().stream().map(VirtualRule::text).toList());
    list(data, "track_ifp", Facts.tracked(view, TrackerRef.Kind.INTERFACE));
    list(data, "track_script", view.config().reported().trackedScripts());
    list(data, "track_process", Facts.tracked(view, TrackerRef.Kind.PROCESS));
    data.put("auth_type", view.config().wire().authentication().type());
    return data;
  }

  private static void announcing(Map<String, Object> data, AnnounceConfig announce) {
    data.put("garp_delay", Facts.seconds(announce.masterDelayNanos()));
    data.put("garp_refresh", Facts.seconds(announce.refreshNanos()));
    data.put("garp_rep", announce.masterRepeat());
    data.put("garp_refresh_rep", announce.refreshRepeat());
    data.put("garp_lower_prio_delay", Facts.seconds(announce.lowerPrioDelayNanos()));
    data.put("garp_lower_prio_rep", announce.lowerPrioRepeat());
  }

  private static void protocol(Map<String, Object> data, RouterView view) {
    VirtualRouterConfig machine = view.config().machine();
    data.put("lower_prio_no_advert", number(machine.lowerPrioNoAdvert()));
    data.put("higher_prio_send_advert", number(machine.higherPrioSendAdvert()));
    data.put("vrid", view.config().router().vrid());
    data.put("base_priority", machine.priority());
    data.put("effective_priority", view.parameters().effectivePriority());
    data.put("vipset", Facts.master(view));
    data.put("promote_secondaries", Facts.promotesSecondaries(view));
    data.put("adver_int", seconds(machine.advertIntervalNanos()));
    data.put("master_adver_int", seconds(Facts.masterIntervalNanos(view)));
    data.put("accept", number(view.config().link().accept()));
    data.put("nopreempt", !machine.preempt());
    data.put("preempt_delay", Facts.seconds(machine.preemptDelayNanos()));
    data.put("state", state(view));
    data.put("wantstate", state(view));
    data.put("version", machine.version());
    data.put("smtp_alert", view.config().reported().smtpAlert());
    data.put("notify_deleted", view.config().reported().deletionTold());
  }

  /** keepalived calls {@code notify} {@code script}, and {@code notify_master script_master}. */
  private static void scripts(Map<String, Object> data, Map<String, String> commands) {
    for (String word : Reported.WORDS) {
      if (commands.containsKey(word)) {
        data.put(word.replaceFirst("notify", "script"), commands.get(word));
      }
    }
  }

  private static int state(RouterView view) {
    return switch (Facts.state(view)) {
      case INIT, STOP, DELETED -> 0;
      case BACKUP -> 1;
      case MASTER -> 2;
      case FAULT -> 3;
    };
  }

  /** keepalived leaves out what is not there. */
  private static void list(Map<String, Object> data, String name, List<String> values) {
    if (!values.isEmpty()) {
      data.put(name, values);
    }
  }

  private static int number(boolean value) {
    return value ? 1 : 0;
  }

  private static BigDecimal seconds(long nanos) {
    return plain(BigDecimal.valueOf(nanos, 9));
  }

  private static BigDecimal seconds(Instant at) {
    long micros =
        TimeUnit.SECONDS.toMicros(at.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(at.getNano());
    return plain(BigDecimal.valueOf(micros, 6));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
