package io.keepstream.election.vrrp;

import java.lang.foreign.MemorySegment;
import java.time.InstantSource;

/**
 * What shows, beyond the message itself, that an advert comes from somebody who knows a secret and
 * that it has not been heard before. There is one object per virtual router, which remembers what
 * was sent and heard; it is used by one thread.
 */
public sealed interface Protection permits Unprotected, AuthenticationHeader, SignedTrailer {

  /**
   * The protection of a virtual router.
   *
   * @param signing null without signed adverts
   * @param clock wall clock, for signed adverts
   */
  static Protection of(Authentication authentication, Signing signing, InstantSource clock) {
    if (signing != null) {
      return new SignedTrailer(signing, clock);
    }
    return authentication instanceof Authentication.Header header
        ? new AuthenticationHeader(header)
        : new Unprotected();
  }

  /** Whether {@code authentication} and {@code signing} mean this kind with these secrets. */
  boolean serves(Authentication authentication, Signing signing);

  /** The protection after a change of configuration; it still knows what has been heard. */
  default Protection changedTo(
      Authentication authentication, Signing signing, InstantSource clock) {
    if (serves(authentication, signing)) {
      return this;
    }
    return this instanceof SignedTrailer trailer && signing != null
        ? trailer.with(signing)
        : of(authentication, signing, clock);
  }

  /** The IP protocol of the packets, 112 or 51. */
  default int protocol() {
    return Vrrp.PROTOCOL;
  }

  /** How many bytes stand between the IP header and the message. */
  default int headerBytes() {
    return 0;
  }

  /** How many bytes may stand behind the message. */
  default int trailerBytes() {
    return 0;
  }

  /** Why a header, which {@code packet} has exactly if it should, is not believed; else null. */
  default RejectReason refuseHeader(Packet packet) {
    return null;
  }

  /**
   * Why what stands behind a message is not believed; else null.
   *
   * @param packet with the message alone
   * @param trailer empty or {@link #trailerBytes} long
   */
  default RejectReason refuseTrailer(Packet packet, MemorySegment trailer) {
    return null;
  }

  /** Another advert begins; its copies for several peers are one advert. */
  default void nextAdvert() {}

  /**
   * Completes an advert.
   *
   * @param packet what is sent, from the IPv4 header on, or the message over IPv6
   * @param messageAt where the message begins in it
   * @param length the length of it all so far
   * @return the length with what was added
   */
  default int seal(Route route, MemorySegment packet, int messageAt, int length) {
    return length;
  }
}
