package io.keepstream.election.edge;

import io.keepstream.election.port.Publishing;
import io.keepstream.linux.libc.Libc;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * What all BFD sessions of a process share.
 *
 * @param secrets for discriminators and ports, which strangers must not guess
 * @param dice for jitter
 * @param verdictChanged called after what VRRP thinks of a session has changed
 */
record BfdWorld(
    Libc libc,
    Alarms alarms,
    Interfaces interfaces,
    Publishing publishing,
    BfdReceivers receivers,
    SecureRandom secrets,
    SplittableRandom dice,
    Runnable verdictChanged) {

  static BfdWorld of(Libc libc, Surroundings surroundings, Runnable verdictChanged) {
    return new BfdWorld(
        libc,
        surroundings.alarms(),
        surroundings.interfaces(),
        surroundings.publishing(),
        new BfdReceivers(libc, surroundings.loop()),
        new SecureRandom(),
        new SplittableRandom(),
        verdictChanged);
  }
}
