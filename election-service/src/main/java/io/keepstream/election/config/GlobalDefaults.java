package io.keepstream.election.config;

import io.keepstream.config.Section;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.vrrp.Vrrp;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * What {@code global_defs} says for all instances that say nothing else.
 *
 * @param crowded whether there are so many instances that their adverts must not be due together
 */
record GlobalDefaults(
    int version,
    AnnounceConfig announce,
    int downTimerAdverts,
    boolean lowerPrioNoAdvert,
    boolean higherPrioSendAdvert,
    InetAddress group4,
    InetAddress group6,
    WireDefaults wire,
    boolean lastWord,
    boolean ownerIgnoresAdverts,
    boolean strict,
    boolean crowded) {
  /** The adverts of so many take a millisecond. */
  private static final int FEW = 32;

  private static final int VERSION = 2;
  private static final int DOWN_TIMER_ADVERTS = 3;
  private static final int BURST_ROUNDS = 5;
  private static final long BURST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Reads all {@code global_defs} blocks as one; {@code root} may have none. */
  static GlobalDefaults read(Section root) {
    Section global = Words.joined(root, "global_defs");
    AnnounceConfig builtIn =
        new AnnounceConfig(BURST_ROUNDS, BURST_DELAY_NANOS, 0, 1, BURST_ROUNDS, BURST_DELAY_NANOS);
    AnnounceConfig announce =
        global.bool("vrrp_min_garp", false) ? new AnnounceConfig(1, 0, 0, 1, 1, 0) : builtIn;
    return new GlobalDefaults(
        global.integer("vrrp_version").orElse(VERSION),
        announce(global, "vrrp_", announce),
        global.integer("vrrp_down_timer_adverts").orElse(DOWN_TIMER_ADVERTS),
        global.bool("vrrp_lower_prio_no_advert", false),
        global.bool("vrrp_higher_prio_send_advert", false),
        Words.address(global, "vrrp_mcast_group4").orElse(Vrrp.GROUP_4),
        Words.address(global, "vrrp_mcast_group6").orElse(Vrrp.GROUP_6),
        WireDefaults.read(global),
        global.bool("vrrp_higher_prio_send_advert", true),
        global.bool("vrrp_owner_ignore_adverts", false),
        global.bool("vrrp_strict", false),
        root.blocks("vrrp_instance").size() > FEW);
  }

  /** The same for an instance that is to keep to the RFCs. */
  GlobalDefaults inStrictMode() {
    AnnounceConfig quiet =
        new AnnounceConfig(
            announce.masterRepeat(),
            announce.masterDelayNanos(),
            announce.refreshNanos(),
            announce.refreshRepeat(),
            0,
            0);
    return new GlobalDefaults(
        version,
        quiet,
        DOWN_TIMER_ADVERTS,
        true,
        false,
        group4,
        group6,
        wire,
        false,
        true,
        true,
        crowded);
  }

  /** The same for an instance that need not, whatever holds for the others. */
  GlobalDefaults notStrict() {
    return new GlobalDefaults(
        version,
        announce,
        downTimerAdverts,
        lowerPrioNoAdvert,
        higherPrioSendAdvert,
        group4,
        group6,
        wire,
        lastWord,
        ownerIgnoresAdverts,
        false,
        crowded);
  }

  /** The garp words of a block, {@code prefix} before each; what is not said is as in others. */
  static AnnounceConfig announce(Section block, String prefix, AnnounceConfig others) {
    int repeat =
        Math.max(1, block.integer(prefix + "garp_master_repeat").orElse(others.masterRepeat()));
    long delayNanos =
        block.decimalNanos(prefix + "garp_master_delay").orElse(others.masterDelayNanos());
    boolean global = !prefix.isEmpty(); // an instance inherits the global words as they stand
    boolean ownRepeat = global && block.has(prefix + "garp_master_repeat");
    boolean ownDelay = global && block.has(prefix + "garp_master_delay");
    return new AnnounceConfig(
        repeat,
        delayNanos,
        block.decimalNanos(prefix + "garp_master_refresh").orElse(others.refreshNanos()),
        Math.max(
            1, block.integer(prefix + "garp_master_refresh_repeat").orElse(others.refreshRepeat())),
        block
            .integer(prefix + "garp_lower_prio_repeat")
            .orElse(ownRepeat ? repeat : others.lowerPrioRepeat()),
        block
            .decimalNanos(prefix + "garp_lower_prio_delay")
            .orElse(ownDelay ? delayNanos : others.lowerPrioDelayNanos()));
  }
}
