package io.keepstream.contract.event;

/** The state of a VRRP instance, in keepalived's words (RFC 9568 says Active for MASTER). */
public enum VrrpState {
  /** Not taking part yet: waiting for first tracker results or a start delay. */
  INIT,
  BACKUP,
  MASTER,
  /** Not able to take part: an interface or a tracker has failed. */
  FAULT,
  /** Ended politely. */
  STOP,
  /** Removed from the configuration. */
  DELETED
}
