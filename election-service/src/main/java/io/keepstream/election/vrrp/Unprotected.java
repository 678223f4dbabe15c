package io.keepstream.election.vrrp;

/** Adverts that stand for themselves: nothing but the password of version 2, if any. */
record Unprotected() implements Protection {
  @Override
  public boolean serves(Authentication authentication, Signing signing) {
    return signing == null && !(authentication instanceof Authentication.Header);
  }
}
