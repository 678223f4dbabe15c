package io.keepstream.lvs.plan;

import io.keepstream.lvs.will.Duty;

/** How it stands with a real server: what its checks say, and what the operator wants of it. */
record Stance(Verdict verdict, Duty duty) {

  boolean up() {
    return verdict.up();
  }

  /** Whether it is kept from new connections. */
  boolean drained() {
    return duty != Duty.SERVE;
  }
}
