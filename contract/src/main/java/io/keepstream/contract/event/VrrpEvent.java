package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** What happens to VRRP instances. */
public sealed interface VrrpEvent extends Event {

  /** The instance concerned. */
  VirtualRouterRef router();

  @Override
  default String subject() {
    return "vrrp/" + router().instance();
  }

  /**
   * An instance changed state.
   *
   * @param heldMillis how long {@code from} lasted
   * @param timing none unless the instance became MASTER
   */
  @JsonTypeName("io.keepstream.vrrp.instance.changed.v1")
  record InstanceChanged(
      VirtualRouterRef router,
      VrrpState from,
      VrrpState to,
      long heldMillis,
      Priority priority,
      TransitionCause cause,
      @JsonInclude(NON_NULL) TransitionTiming timing)
      implements VrrpEvent {
    @Override
    public String summary() {
      String line =
          switch (to) {
            case STOP -> "(%s) Stopped".formatted(router.instance());
            case DELETED -> "(%s) Deleted".formatted(router.instance());
            default -> "(%s) Entering %s STATE".formatted(router.instance(), to);
          };
      return line + " " + CauseText.of(this);
    }
  }

  /**
   * A reload gave an instance another name; nothing else happened to it.
   *
   * @param formerly the name it had
   */
  @JsonTypeName("io.keepstream.vrrp.instance.renamed.v1")
  record Renamed(VirtualRouterRef router, VrrpState state, String formerly) implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) goes on as %s under this name, formerly %s"
          .formatted(router.instance(), state, formerly);
    }
  }

  /**
   * An instance's effective priority changed while its state stayed.
   *
   * @param previous the effective priority before
   */
  @JsonTypeName("io.keepstream.vrrp.instance.priority.v1")
  record PriorityChanged(VirtualRouterRef router, VrrpState state, int previous, Priority priority)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) Changing effective priority from %d to %d"
          .formatted(router.instance(), previous, priority.effective());
    }
  }

  /**
   * An instance stays in INIT until what it waits for is known; sent once.
   *
   * @param awaited trackers without a first result, or a start delay, in words
   */
  @JsonTypeName("io.keepstream.vrrp.instance.results-awaited.v1")
  record ResultsAwaited(VirtualRouterRef router, List<String> awaited) implements VrrpEvent {
    public ResultsAwaited {
      awaited = List.copyOf(awaited);
    }

    @Override
    public String summary() {
      return "(%s) Waiting in INIT STATE for %s"
          .formatted(router.instance(), String.join(", ", awaited));
    }
  }

  /**
   * An instance stays in FAULT, for other reasons than before.
   *
   * @param faults all that hold now
   * @param cleared those that hold no longer
   */
  @JsonTypeName("io.keepstream.vrrp.instance.faults.v1")
  record FaultsChanged(VirtualRouterRef router, List<String> faults, List<String> cleared)
      implements VrrpEvent {
    public FaultsChanged {
      faults = List.copyOf(faults);
      cleared = List.copyOf(cleared);
    }

    @Override
    public String summary() {
      return "(%s) Still in FAULT STATE: %s%s"
          .formatted(
              router.instance(),
              String.join(", ", faults),
              cleared.isEmpty() ? "" : "; no longer: " + String.join(", ", cleared));
    }
  }

  /**
   * A MASTER heard an advertisement of lower priority: another node believes it is MASTER too.
   *
   * @param heard the priority of that advertisement
   * @param priority ours
   */
  @JsonTypeName("io.keepstream.vrrp.instance.lower-priority-heard.v1")
  record LowerPriorityHeard(VirtualRouterRef router, String sender, int heard, int priority)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) Received advert from %s with lower priority %d, ours %d"
          .formatted(router.instance(), sender, heard, priority);
    }
  }

  /**
   * An address owner heard an advertisement of another one: two nodes have priority 255, and only
   * one of them can own the addresses.
   */
  @JsonTypeName("io.keepstream.vrrp.instance.owner-conflict.v1")
  record OwnerConflict(VirtualRouterRef router, String sender) implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) Received advert with priority 255 from %s although we own the addresses"
          .formatted(router.instance(), sender);
    }
  }

  /**
   * Another node goes on being MASTER beside us; sent once per minute, after the event that told
   * its beginning.
   *
   * @param sender who was heard last
   * @param heard the priority of that advertisement
   * @param adverts how many were heard since the beginning
   * @param lastedMillis since the beginning
   */
  @JsonTypeName("io.keepstream.vrrp.instance.conflict-lasts.v1")
  record ConflictLasts(
      VirtualRouterRef router, String sender, int heard, long adverts, long lastedMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) %s with priority %d is MASTER beside us: %d advert(s) in %d ms; does it hear us?"
          .formatted(router.instance(), sender, heard, adverts, lastedMillis);
    }
  }

  /**
   * No other MASTER is heard beside us any more, or we are MASTER no more.
   *
   * @param sender who was heard last
   * @param adverts how many were heard
   * @param lastedMillis how long it took, with the time to be sure
   */
  @JsonTypeName("io.keepstream.vrrp.instance.conflict-ended.v1")
  record ConflictEnded(VirtualRouterRef router, String sender, long adverts, long lastedMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) the conflict with %s is over: %d advert(s) in %d ms"
          .formatted(router.instance(), sender, adverts, lastedMillis);
    }
  }

  /**
   * A MASTER claims to advertise so seldom that it is not believed at once; sent once per window.
   *
   * @param sender who claims it
   * @param intervalMillis the interval in its advertisement
   * @param believedMillis the longest interval that is believed at once
   * @param packets how many in the window
   * @param windowMillis the window's length
   */
  @JsonTypeName("io.keepstream.vrrp.instance.interval-doubted.v1")
  record IntervalDoubted(
      VirtualRouterRef router,
      String sender,
      long intervalMillis,
      long believedMillis,
      long packets,
      long windowMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return ("(%s) %s says that it advertises every %d ms; more than %d ms (max_advert_int) is"
              + " believed only when repeated; %d advert(s) in %d ms")
          .formatted(
              router.instance(), sender, intervalMillis, believedMillis, packets, windowMillis);
    }
  }

  /** An advertisement came from our own address: a duplicate address, or a loop in the network. */
  @JsonTypeName("io.keepstream.vrrp.instance.own-address-heard.v1")
  record OwnAddressHeard(VirtualRouterRef router, String sender) implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) Received advert from our own address %s".formatted(router.instance(), sender);
    }
  }

  /**
   * Advertisements were refused; sent once per reason and window, not per packet.
   *
   * @param reason the counter's name, as in {@code checksumErrors}
   * @param meaning the reason in words
   * @param packets how many in the window
   * @param windowMillis the window's length
   */
  @JsonTypeName("io.keepstream.vrrp.instance.adverts-rejected.v1")
  record AdvertsRejected(
      VirtualRouterRef router,
      String reason,
      String meaning,
      String sender,
      long packets,
      long windowMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) rejected %s: %s (%s)"
          .formatted(
              router.instance(), Adverts.from(sender, packets, windowMillis), meaning, reason);
    }
  }

  /**
   * Advertisements could not be sent; sent once per reason and window, not per packet.
   *
   * @param detail the kernel's reason
   * @param packets how many in the window
   * @param windowMillis the window's length
   */
  @JsonTypeName("io.keepstream.vrrp.instance.adverts-unsent.v1")
  record AdvertsUnsent(VirtualRouterRef router, String detail, long packets, long windowMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) could not send %s: %s"
          .formatted(router.instance(), Adverts.counted(packets, windowMillis), detail);
    }
  }

  /**
   * Advertisements were believed although they differ from our own configuration; sent once per
   * matter and window, not per packet.
   *
   * @param what in what: {@code interval} or {@code addresses}
   * @param detail what the last one said
   * @param packets how many in the window
   * @param windowMillis the window's length
   */
  @JsonTypeName("io.keepstream.vrrp.instance.adverts-differ.v1")
  record AdvertsDiffer(
      VirtualRouterRef router,
      String what,
      String detail,
      String sender,
      long packets,
      long windowMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) %s with other %s than ours: %s"
          .formatted(router.instance(), Adverts.from(sender, packets, windowMillis), what, detail);
    }
  }

  /**
   * A sender's form of the checksum became known, or changed.
   *
   * @param form {@code pseudo-header}, {@code message-only} or {@code old-unicast}
   */
  @JsonTypeName("io.keepstream.vrrp.instance.checksum-form-heard.v1")
  record ChecksumFormHeard(VirtualRouterRef router, String sender, String form)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) %s sends checksums of the form %s".formatted(router.instance(), sender, form);
    }
  }

  /**
   * Advertisements arrived where this router listens, for a VRID that nobody here has; sent once
   * per window, if asked for.
   *
   * @param vrid the last one's
   * @param packets how many in the window
   * @param windowMillis the window's length
   */
  @JsonTypeName("io.keepstream.vrrp.instance.unknown-vrid-heard.v1")
  record UnknownVridHeard(
      VirtualRouterRef router, int vrid, String sender, long packets, long windowMillis)
      implements VrrpEvent {
    @Override
    public String summary() {
      return "(%s) Received %s for unknown VRID %d on %s"
          .formatted(
              router.instance(),
              Adverts.from(sender, packets, windowMillis),
              vrid,
              router.networkInterface());
    }
  }
}
