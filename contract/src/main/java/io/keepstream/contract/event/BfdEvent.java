package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** What happens to BFD sessions. */
public sealed interface BfdEvent extends Event {

  /** The name of the {@code bfd_instance} block. */
  String session();

  @Override
  default String subject() {
    return "bfd/" + session();
  }

  /**
   * Both ends hear each other.
   *
   * @param neighbor the other end's address
   * @param heldMillis how long the session was not up
   * @param detectionMicros the silence that will end it, by the timers known so far
   */
  @JsonTypeName("io.keepstream.bfd.session.up.v1")
  record Up(String session, String neighbor, long heldMillis, long detectionMicros)
      implements BfdEvent {
    @Override
    public String summary() {
      return "(%s) Entering Up state [neighbor %s, detection time %d us; was not up for %d ms]"
          .formatted(session, neighbor, detectionMicros, heldMillis);
    }
  }

  /**
   * A session is up no more.
   *
   * @param neighbor the other end's address
   * @param heldMillis how long it was up
   * @param diagnostic why, as this end sees it
   * @param remoteState what the neighbour said last
   * @param remoteDiagnostic why it said so
   * @param silentMicros how long nothing was heard
   */
  @JsonTypeName("io.keepstream.bfd.session.down.v1")
  record Down(
      String session,
      String neighbor,
      long heldMillis,
      BfdDiagnostic diagnostic,
      BfdState remoteState,
      BfdDiagnostic remoteDiagnostic,
      long silentMicros)
      implements BfdEvent {
    @Override
    public String summary() {
      return ("(%s) Entering Down state (Local diagnostic - %s, Remote diagnostic - %s)"
              + " [neighbor %s said %s %d us ago; was Up for %d ms]")
          .formatted(
              session,
              diagnostic.words(),
              remoteDiagnostic.words(),
              neighbor,
              remoteState.words(),
              silentMicros,
              heldMillis);
    }
  }

  /**
   * A session cannot run: its address is not here, or a socket was refused. Sent once per reason;
   * it is tried again whenever addresses change.
   */
  @JsonTypeName("io.keepstream.bfd.session.failed.v1")
  record Failed(String session, String neighbor, String detail) implements BfdEvent {
    @Override
    public String summary() {
      return "(%s) BFD session with %s cannot run: %s".formatted(session, neighbor, detail);
    }
  }

  /**
   * Packets from a session's neighbour were refused; sent once per reason and window.
   *
   * @param reason the counter's name, as in {@code hopLimitErrors}
   * @param detail what was found and what was expected; none when the reason says all
   * @param packets how many in the window
   * @param windowMillis the window's length
   */
  @JsonTypeName("io.keepstream.bfd.session.packets-rejected.v1")
  record PacketsRejected(
      String session,
      String neighbor,
      String reason,
      @JsonInclude(NON_NULL) String detail,
      long packets,
      long windowMillis)
      implements BfdEvent {
    @Override
    public String summary() {
      return "(%s) rejected %d BFD packet(s) from %s in %d ms: %s%s"
          .formatted(
              session,
              packets,
              neighbor,
              windowMillis,
              reason,
              detail == null ? "" : ", " + detail);
    }
  }

  /** Packets could not be sent; sent once per window. */
  @JsonTypeName("io.keepstream.bfd.session.packets-unsent.v1")
  record PacketsUnsent(
      String session, String neighbor, String detail, long packets, long windowMillis)
      implements BfdEvent {
    @Override
    public String summary() {
      return "(%s) could not send %d BFD packet(s) to %s in %d ms: %s"
          .formatted(session, packets, neighbor, windowMillis, detail);
    }
  }
}
