package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** What happens to the kernel's IPVS table as a whole. */
public sealed interface LvsEvent extends Event {

  @Override
  default String subject() {
    return "lvs/table";
  }

  /** The kernel has no IPVS; balancing is off, everything else runs. */
  @JsonTypeName("io.keepstream.lvs.unavailable.v1")
  record Unavailable(String detail) implements LvsEvent {
    @Override
    public String summary() {
      return "IPVS unavailable: " + detail;
    }
  }

  /**
   * The kernel's IPVS answers.
   *
   * @param adoptedServices virtual services that were in the table and are ours
   * @param adoptedDestinations their destinations
   */
  @JsonTypeName("io.keepstream.lvs.available.v1")
  record Available(int adoptedServices, int adoptedDestinations) implements LvsEvent {
    @Override
    public String summary() {
      return "IPVS ready; found %d virtual service(s) and %d destination(s) already there"
          .formatted(adoptedServices, adoptedDestinations);
    }
  }

  /**
   * The table differed from what it should be without any change of ours, and was repaired.
   *
   * @param changes what was done, in words
   */
  @JsonTypeName("io.keepstream.lvs.drift-repaired.v1")
  record DriftRepaired(List<String> changes) implements LvsEvent {
    public DriftRepaired {
      changes = List.copyOf(changes);
    }

    @Override
    public String summary() {
      return "IPVS table drift repaired: " + String.join("; ", changes);
    }
  }

  /**
   * The kernel refused a change.
   *
   * @param change what was to be done, in words
   */
  @JsonTypeName("io.keepstream.lvs.change-failed.v1")
  record ChangeFailed(String change, String detail) implements LvsEvent {
    @Override
    public String summary() {
      return "IPVS: %s failed: %s".formatted(change, detail);
    }
  }
}
