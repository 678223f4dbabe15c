package io.keepstream.election.port;

/** The kernel's addresses, as far as one virtual router is concerned. */
public interface AddressTable {
  /**
   * Makes all virtual addresses present. What is already there stays; a failure is reported as an
   * event and does not keep the others from being set.
   */
  void claim();

  /** Makes all virtual addresses absent, in reverse order. */
  void release();
}
