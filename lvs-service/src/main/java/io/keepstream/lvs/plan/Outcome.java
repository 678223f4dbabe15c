package io.keepstream.lvs.plan;

import java.util.List;

/**
 * What became of changes to the kernel's table.
 *
 * @param done those that were made
 * @param failures those that were not
 * @param surprised whether an answer showed that the table is not what it was thought to be
 */
public record Outcome(List<TableChange> done, List<Failure> failures, boolean surprised) {
  public static final Outcome NOTHING = new Outcome(List.of(), List.of(), false);

  public Outcome {
    done = List.copyOf(done);
    failures = List.copyOf(failures);
  }

  /**
   * A change the kernel refused.
   *
   * @param detail why, and what may help
   */
  public record Failure(TableChange change, String detail) {}
}
