package io.keepstream.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Identity;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import org.junit.jupiter.api.Test;

class ScriptUsersTest {
  @Test
  void scriptUserIsWhoeverIsNamedLast() {
    String text = "global_defs {\n script_user a\n script_user b :c\n}\n";
    assertThat(users(text, "keepalived_script").defaultIdentity())
        .isEqualTo(new Identity("b", "c", true));
  }

  @Test
  void elseItIsKeepalivedScriptIfThereIsOne() {
    assertThat(users("", "keepalived_script").defaultIdentity())
        .isEqualTo(new Identity("keepalived_script", null, false));
    assertThat(users("", "nobody").defaultIdentity()).isEqualTo(Identity.NONE);
  }

  @Test
  void whoIsNotHereRunsNothing() {
    ScriptUsers users = users("", "nobody");
    assertThat(users.obstacle(Identity.NONE)).isEmpty();
    assertThat(users.obstacle(new Identity("nobody", "nobody", false))).isEmpty();
    assertThat(users.obstacle(new Identity("stranger", null, false)))
        .hasValue("there is no user `stranger` here");
    assertThat(users.obstacle(new Identity("nobody", "strangers", false)))
        .hasValue("there is no group `strangers` here");
  }

  @Test
  void thisMachineKnowsItsAccounts() {
    Accounts accounts = new SystemAccounts();
    assertThat(accounts.hasUser("root")).isTrue();
    assertThat(accounts.hasGroup("root")).isTrue();
    assertThat(accounts.hasUser("no-such-user")).isFalse();
    assertThat(accounts.hasGroup("no-such-group")).isFalse();
  }

  /** On a machine with one user and one group of the same name. */
  private static ScriptUsers users(String text, String name) {
    Accounts accounts =
        new Accounts() {
          @Override
          public boolean hasUser(String user) {
            return user.equals(name);
          }

          @Override
          public boolean hasGroup(String group) {
            return group.equals(name);
          }
        };
    return new ScriptUsers(
        ConfigReader.read("conf", new TextSource("conf", text)).root(), accounts);
  }
}
