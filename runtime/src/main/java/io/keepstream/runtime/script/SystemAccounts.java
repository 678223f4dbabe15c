package io.keepstream.runtime.script;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;

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
  public Optional<String> danger(String user, String program) {
    try {
      // The same number under another name is root as well.
      boolean root = names.lookupPrincipalByName(user).equals(names.lookupPrincipalByName("root"));
      return root ? ScriptSecurity.danger(program) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no such user, who is nobody's danger
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
