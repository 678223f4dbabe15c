package io.keepstream.runtime.script;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;

/** The users and groups of this machine. */
public class SystemAccounts implements Accounts {
  private final UserPrincipalLookupService names =
      FileSystems.getDefault().getUserPrincipalLookupService();

  @Override
  public boolean hasUser(String name) {
    try {
      names.lookupPrincipalByName(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean hasGroup(String name) {
    try {
      names.lookupPrincipalByGroupName(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
