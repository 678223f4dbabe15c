package io.keepstream.lvs.port;

import java.io.IOException;

/** There is no IPVS table to work on; the message says why and what to do. */
public final class IpvsUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public IpvsUnavailableException(String message) {
    super(message);
  }
}
