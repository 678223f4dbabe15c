package io.keepstream.health.verdict;

/** Why an attempt did not succeed: a closed list, whose names stand in events and metrics. */
public enum FailureReason {
  /** The target answered with a reset: nobody listens. */
  CONNECT_REFUSED,
  /** No answer to the connection request within the time limit. */
  CONNECT_TIMEOUT,
  HOST_UNREACHABLE,
  NETWORK_UNREACHABLE,
  /** A firewall or a prohibiting route of this host is in the way. */
  NOT_PERMITTED,
  /** The local address, port or interface to check from is not there, or taken. */
  LOCAL_ADDRESS,
  /** The connection failed in a way that has no name of its own here. */
  CONNECT_FAILED,
  /** This host had no file, port or memory left for the attempt. */
  NO_RESOURCES,
  /** The script ended with a status that means failure. */
  SCRIPT_EXIT,
  /** The script did not end within its time limit. */
  SCRIPT_TIMEOUT,
  /** The script could not be run at all. */
  SCRIPT_NOT_STARTED,
  /** Certificates, keys or settings for TLS on this host cannot be used. */
  TLS_SETUP,
  /** No TLS connection came about. */
  TLS_HANDSHAKE,
  /** The target's certificate is not to be trusted, or not for its name. */
  TLS_VERIFY,
  /** The target answered with a status that is not accepted. */
  STATUS_MISMATCH,
  DIGEST_MISMATCH,
  /** The body does not have, or has, what was looked for. */
  BODY_MISMATCH,
  /** What was received is not the protocol that was expected. */
  PROTOCOL_ERROR,
  /** Header or body are longer than the limits here. */
  RESPONSE_TOO_LARGE,
  /** The answer, or the rest of it, did not come within the time limit. */
  RESPONSE_TIMEOUT,
  /** The target ended the connection before the answer was complete. */
  CONNECTION_CLOSED,
  /** ICMP says that nobody listens on the UDP port. */
  PORT_UNREACHABLE,
  /** What came was not the answer that is expected. */
  REPLY_MISMATCH,
  /** The mail server answered with another code than a healthy one does. */
  SMTP_CODE,
  /** The DNS server answered with an error. */
  DNS_RCODE,
  /** The number in the tracked file means that the server is down. */
  FILE_VALUE,
  /** The BFD session is down. */
  BFD_DOWN;

  /** Whether the attempt took all the time it had, and kept what it used as long. */
  public boolean silence() {
    return this == CONNECT_TIMEOUT || this == RESPONSE_TIMEOUT || this == SCRIPT_TIMEOUT;
  }

  /**
   * Whether the result is about the target. What only says that this host is short of something
   * leaves the verdict as it stands: a starved checker must not empty a pool of healthy servers.
   */
  public boolean conclusive() {
    return this != NO_RESOURCES && this != TLS_SETUP;
  }
}
