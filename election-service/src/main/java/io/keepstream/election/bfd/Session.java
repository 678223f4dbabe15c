package io.keepstream.election.bfd;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;

/**
 * The variables of a session (RFC 5880 section 6.8.1).
 *
 * @param state bfd.SessionState; ADMIN_DOWN is final
 * @param diagnostic bfd.LocalDiag
 * @param discriminator bfd.LocalDiscr
 * @param heard what the neighbour said last; null before it said anything, and again once it was
 *     silent for the detection time
 * @param timing the intervals of this end
 * @param beat when this end sends
 */
public record Session(
    BfdState state,
    BfdDiagnostic diagnostic,
    long discriminator,
    Heard heard,
    Timing timing,
    Beat beat) {

  /** The latest valid packet; the variables bfd.Remote... are its fields. */
  public record Heard(ControlPacket packet, long atNanos) {}

  /** The two intervals that a packet offers. */
  public record Offer(long minTxMicros, long minRxMicros) {
    /** The faster sending and the slower receiving of both: what is safe whoever knows what. */
    Offer cautious(Offer other) {
      return new Offer(
          Math.min(minTxMicros, other.minTxMicros), Math.max(minRxMicros, other.minRxMicros));
    }
  }

  /** How far the neighbour is known to have taken in the offer (RFC 5880 section 6.5). */
  public enum Poll {
    DONE,
    /** Packets carry the Poll bit until one with the Final bit comes. */
    ASKING,
    /** As ASKING, but the next answer may be about an earlier offer. */
    ASKING_AGAIN
  }

  /**
   * The intervals of this end.
   *
   * @param offered what our packets say
   * @param agreed what the neighbour counts on for sure
   */
  public record Timing(Offer offered, Offer agreed, Poll poll) {
    static Timing settled(Offer offer) {
      return new Timing(offer, offer, Poll.DONE);
    }

    /** Offers {@code next} to a neighbour that is up. */
    Timing offering(Offer next) {
      Poll asking = poll == Poll.DONE ? Poll.ASKING : Poll.ASKING_AGAIN;
      return new Timing(next, agreed.cautious(offered), asking);
    }

    Timing answered() {
      return switch (poll) {
        case DONE -> this;
        case ASKING -> settled(offered);
        case ASKING_AGAIN -> new Timing(offered, agreed, Poll.ASKING);
      };
    }

    /** A slower sending or faster receiving is not in force before the neighbour knows of it. */
    Offer inForce() {
      return offered.cautious(agreed);
    }

    boolean polling() {
      return poll != Poll.DONE;
    }
  }

  /**
   * When this end sends.
   *
   * @param sentNanos when the last packet left, answers to polls apart
   * @param gap the jittered part of the interval to wait since then, 0.75 to 1
   * @param answerNotBeforeNanos until when further polls go unanswered
   */
  public record Beat(long sentNanos, double gap, long answerNotBeforeNanos) {}

  /** A session that has heard nothing; it wants to send at once. */
  public static Session begin(SessionConfig config, long discriminator, long nowNanos) {
    return new Session(
        BfdState.DOWN,
        BfdDiagnostic.NONE,
        discriminator,
        null,
        Timing.settled(Intervals.slow(config)),
        new Beat(nowNanos, 0, nowNanos));
  }

  /** Whether both ends hear each other. */
  public boolean up() {
    return state == BfdState.UP;
  }

  /** What the neighbour says of its own state. */
  public BfdState remoteState() {
    return heard == null ? BfdState.DOWN : heard.packet().state();
  }

  Session heard(Heard next) {
    return new Session(state, diagnostic, discriminator, next, timing, beat);
  }

  Session entering(BfdState next, BfdDiagnostic because, Timing nextTiming) {
    return new Session(next, because, discriminator, heard, nextTiming, beat);
  }

  Session timed(Timing next) {
    return new Session(state, diagnostic, discriminator, heard, next, beat);
  }

  Session beating(Beat next) {
    return new Session(state, diagnostic, discriminator, heard, timing, next);
  }
}
