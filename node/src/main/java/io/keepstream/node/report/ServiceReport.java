package io.keepstream.node.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Snapshot;

/**
 * What one service says of itself.
 *
 * @param service which one
 * @param own whether it runs in this process
 * @param answered whether it answered just now
 * @param ageMillis since its last snapshot came; none before the first
 * @param missingMillis since its process came or, if it is gone, since it was lost; none for a
 *     service that answered, and where no process for it was ever seen
 * @param snapshot the last one; none before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceReport(
    Service service,
    boolean own,
    boolean answered,
    Long ageMillis,
    Long missingMillis,
    Snapshot snapshot) {

  /** Whether it is there, or was, or should have been. */
  public boolean known() {
    return own || snapshot != null || missingMillis != null;
  }
}
