package io.keepstream.lvs.will;

import io.keepstream.contract.event.OverrideKind;

/** What is to be otherwise than the configuration has it. */
public sealed interface Edit {

  /** Whose will it is. */
  Stamp stamp();

  /** Its kind, as events name it. */
  OverrideKind kind();

  /**
   * Another weight.
   *
   * @param fileWeight what the configuration said then
   */
  record Weight(Stamp stamp, int weight, int fileWeight) implements Edit {
    @Override
    public OverrideKind kind() {
      return OverrideKind.WEIGHT;
    }
  }

  /** A real server more. */
  record Added(Stamp stamp, int weight) implements Edit {
    @Override
    public OverrideKind kind() {
      return OverrideKind.ADDED;
    }
  }

  /** A real server less. */
  record Removed(Stamp stamp) implements Edit {
    @Override
    public OverrideKind kind() {
      return OverrideKind.REMOVED;
    }
  }
}
