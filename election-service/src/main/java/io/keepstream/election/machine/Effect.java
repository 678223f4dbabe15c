package io.keepstream.election.machine;

import java.net.InetAddress;

/** What the shell must do, in the order given. */
public sealed interface Effect {

  /** Send an advert with this priority; 0 says that we leave. */
  record Advertise(int priority) implements Effect {}

  /** Set the virtual addresses on their interfaces. */
  record ClaimAddresses() implements Effect {}

  /** Remove the virtual addresses from their interfaces. */
  record ReleaseAddresses() implements Effect {}

  /** Start a burst of gratuitous ARP and unsolicited NA. */
  record Announce(Occasion occasion) implements Effect {}

  /** Forget announcements that are still due. */
  record StopAnnouncing() implements Effect {}

  /** Tell that another node of lower priority believes it is MASTER. */
  record ReportLowerPriority(InetAddress sender, int priority) implements Effect {}

  /** Tell that another node claims to own the addresses that we own. */
  record ReportOwnerConflict(InetAddress sender) implements Effect {}

  /** Tell that an advert came from our own address: a duplicate address or a loop. */
  record ReportOwnAddressHeard(InetAddress sender) implements Effect {}

  /** Tell that this node did not run for this long. */
  record ReportStall(long stalledNanos) implements Effect {}

  /** Why addresses are announced. */
  enum Occasion {
    BECAME_MASTER,
    LOWER_PRIORITY_HEARD
  }
}
