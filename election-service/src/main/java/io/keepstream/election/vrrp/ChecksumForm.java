package io.keepstream.election.vrrp;

/** What the checksum covers; several forms are in use for version 3 over IPv4. */
public enum ChecksumForm {
  /** The message alone: version 2, and version 3 over IPv4 as RFC 9568 section 5.2.8 has it. */
  MESSAGE_ONLY("message-only"),
  /** A pseudo header first: version 3 over IPv6, and over IPv4 as keepalived and FRR send it. */
  PSEUDO_HEADER("pseudo-header"),
  /** keepalived before 1.3.7 with unicast: the pseudo header names the group as destination. */
  OLD_UNICAST("old-unicast");

  private final String label;

  ChecksumForm(String label) {
    this.label = label;
  }

  /** The form's name for people and for the configuration. */
  public String label() {
    return label;
  }
}
