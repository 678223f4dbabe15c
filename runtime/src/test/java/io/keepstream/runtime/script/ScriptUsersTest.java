package io.keepstream.runtime.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Identity;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.runtime.script.ScriptUsers.Obstacle;
import java.util.Optional;
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
    assertThat(users.obstacle(Identity.NONE, "/x")).isEmpty();
    assertThat(users.obstacle(new Identity("nobody", "nobody", false), "/x")).isEmpty();
    assertThat(users.obstacle(new Identity("stranger", null, false), "/x"))
        .hasValue(new Obstacle(Kind.ORDINARY, "there is no user `stranger` here"));
    assertThat(users.obstacle(new Identity("nobody", "strangers", false), "/x"))
        .hasValue(new Obstacle(Kind.ORDINARY, "there is no group `strangers` here"));
  }

  @Test
  void securityForbidsWhatOthersMayChangeAndWantsAUser() {
    Identity nobody = new Identity("nobody", null, false);
    assertThat(users("", "nobody").obstacle(nobody, "/open")).isEmpty();
    ScriptUsers secure = users("global_defs {\n enable_script_security\n}\n", "nobody");
    assertThat(secure.obstacle(nobody, "/x")).isEmpty();
    assertThat(secure.obstacle(nobody, "/open"))
        .hasValue(new Obstacle(Kind.SECURITY, "it is open to `nobody`"));
    assertThat(secure.obstacle(Identity.NONE, "/x"))
        .hasValueSatisfying(
            obstacle -> {
              assertThat(obstacle.kind()).isEqualTo(Kind.SECURITY);
              assertThat(obstacle.reason()).contains("script_user", "keepalived_script");
            });
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

          @Override
          public Optional<String> danger(String user, String program) {
            return program.equals("/open")
                ? Optional.of("it is open to `" + user + "`")
                : Optional.empty();
          }
        };
    return new ScriptUsers(
        ConfigReader.read("conf", new TextSource("conf", text)).root(), accounts);
  }
}
