package io.keepstream.notifier.config;

import static io.keepstream.notifier.config.ReaderRig.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.notifier.config.ReaderRig.Result;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsReaderTest {
  private final ReaderRig rig = new ReaderRig();

  @Test
  void scriptsThatAreNotSecureAreLeftOutWhenSecurityIsAskedFor() {
    String instance = "vrrp_instance V {\n notify_master /bin/open root\n notify /bin/n root\n}\n";
    assertThat(rig.read(instance).diagnostics()).isEmpty();
    Result secured = rig.read("global_defs {\n enable_script_security\n}\n" + instance);
    assertThat(secured.config().scripts().instances().get("V").scripts()).isEmpty();
    assertThat(secured.config().scripts().instances().get("V").always()).isPresent();
    assertThat(secured.diagnostics())
        .singleElement()
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Diagnostic.Kind.SECURITY))
        .asString()
        .endsWith(
            "notify_master: others than root may write to `/bin/open`, so the script is not run");
  }

  @Test
  void scriptsOfAnInstance() {
    Scripts scripts =
        rig.read(
                """
                vrrp_instance VI_1 {
                  notify_master "/bin/m 'one arg' two" bob adm
                  notify_backup /bin/b
                  notify_fault /bin/f
                  notify_stop /bin/s
                  notify_deleted /bin/d
                  notify_master_rx_lower_pri /bin/l
                  notify /bin/n
                  notify /bin/second
                }
                vrrp_instance VI_2 {
                  notify_deleted
                }
                """)
            .config()
            .scripts();
    assertThat(scripts.instances())
        .isEqualTo(
            Map.of(
                "VI_1",
                new VrrpNotify(
                    Map.of(
                        NoticeWord.MASTER,
                        new ScriptCommand(List.of("/bin/m", "one arg", "two"), "bob", "adm"),
                        NoticeWord.BACKUP,
                        script("/bin/b"),
                        NoticeWord.FAULT,
                        script("/bin/f"),
                        NoticeWord.STOP,
                        script("/bin/s"),
                        NoticeWord.DELETED,
                        script("/bin/d"),
                        NoticeWord.MASTER_RX_LOWER_PRI,
                        script("/bin/l")),
                    Optional.of(script("/bin/n")),
                    true,
                    false),
                "VI_2",
                new VrrpNotify(Map.of(), Optional.empty(), true, false)));
  }

  @Test
  void scriptsOfAGroup() {
    assertThat(
            rig.read(
                    """
                    vrrp_sync_group G1 {
                      group {
                        VI_1
                      }
                      notify_master /bin/m
                      notify /bin/n
                    }
                    """)
                .config()
                .scripts()
                .groups())
        .isEqualTo(
            Map.of(
                "G1",
                new VrrpNotify(
                    Map.of(NoticeWord.MASTER, script("/bin/m")),
                    Optional.of(script("/bin/n")),
                    false,
                    false)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                             '',                            '',                          false
          vrrp_notify_priority_changes,   '',                            '',                          true
          '',                             notify_priority_changes,       '',                          true
          vrrp_notify_priority_changes,   notify_priority_changes off,   '',                          false
          '',                             notify_priority_changes,       notify_priority_changes off, false
          vrrp_notify_priority_changes,   '',                            notify_priority_changes off, false
          '',                             '',                            notify_priority_changes on,  true
          """)
  void priorityChanges(String global, String group, String instance, boolean told) {
    Map<String, VrrpNotify> instances =
        rig.read(
                """
                global_defs {
                  %s
                }
                vrrp_sync_group G {
                  group {
                    A
                  }
                  %s
                }
                vrrp_instance A {
                  %s
                }
                """
                    .formatted(global, group, instance))
            .config()
            .scripts()
            .instances();
    assertThat(instances.get("A").priorityChanges()).isEqualTo(told);
  }

  @Test
  void scriptsOfServers() {
    Scripts scripts =
        rig.read(
                """
                virtual_server 10.0.0.1 80 {
                  protocol TCP
                  quorum_up /bin/qu
                  quorum_down /bin/qd
                  real_server 10.1.0.1 8080 {
                    notify_up /bin/up
                    notify_down /bin/down
                  }
                }
                """)
            .config()
            .scripts();
    assertThat(scripts.virtualServers())
        .isEqualTo(
            Map.of(
                "[10.0.0.1]:tcp:80",
                new UpDown(Optional.of(script("/bin/qu")), Optional.of(script("/bin/qd")))));
    assertThat(scripts.realServers())
        .isEqualTo(
            Map.of(
                new BackendRef("[10.0.0.1]:tcp:80", "[10.1.0.1]:tcp:8080"),
                new UpDown(Optional.of(script("/bin/up")), Optional.of(script("/bin/down")))));
  }

  @Test
  void scriptUserIsTheDefaultAndOwnsFifos() {
    NotifierConfig config =
        rig.read(
                """
                global_defs {
                  script_user bob :adm
                  notify_fifo /run/f
                }
                vrrp_instance VI_1 {
                  notify /bin/n
                }
                """)
            .config();
    assertThat(config.scripts().instances().get("VI_1").always())
        .contains(new ScriptCommand(List.of("/bin/n"), "bob", "adm", true));
    assertThat(config.fifos().getFirst().owner()).contains("bob:adm");
  }

  @Test
  void keepalivedScriptIsTheDefaultWhereItExists() {
    rig.addUser("keepalived_script");
    assertThat(
            rig.read("vrrp_instance VI_1 {\n notify /bin/n\n}\n")
                .config()
                .scripts()
                .instances()
                .get("VI_1")
                .always())
        .contains(new ScriptCommand(List.of("/bin/n"), "keepalived_script", null));
  }

  @Test
  void aScriptOfNobodyIsLeftOutAndSaid() {
    Result result =
        rig.read(
            """
            vrrp_instance VI_1 {
              notify_master /bin/m eve
              notify_backup /bin/b bob nogroup
            }
            """);
    assertThat(result.config().scripts().instances().get("VI_1").scripts()).isEmpty();
    assertThat(result.diagnostics().stream().map(said -> said.position() + " " + said.message()))
        .containsExactlyInAnyOrder(
            "conf:2:17 notify_master: there is no user `eve` here, so the script is not run",
            "conf:3:17 notify_backup: there is no group `nogroup` here, so the script is not"
                + " run");
  }
}
