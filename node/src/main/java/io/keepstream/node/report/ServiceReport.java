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
 * @param snapshot the last one; none before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceReport(
    Service service, boolean own, boolean answered, Long ageMillis, Snapshot snapshot) {

  /** Whether it is there, or was. */
  public boolean known() {
    return own || snapshot != null;
  }
}
