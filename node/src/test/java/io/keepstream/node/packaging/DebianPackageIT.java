package io.keepstream.node.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** The package in a Debian that has nothing else: installed, run, and taken away again. */
@KernelTest(tools = {"chroot", "tar"})
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DebianPackageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONFIG = "/etc/keepalived/keepalived.conf";
  private static final String VIP = "10.0.0.100";

  private NamespaceLab lab;
  private LabHost host;
  private ChangedRoot debian;

  @BeforeAll
  void install() throws IOException {
    Path made = Built.debianPackage();
    Built.debian();
    lab = NamespaceLab.create();
    host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    debian = new ChangedRoot(host);
    Files.copy(made, debian.path("/keepstream.deb"));
    debian.run("apt-get", "install", "-y", "/keepstream.deb").orThrow("apt-get install");
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  void itBringsWhatPackagesBring() throws IOException {
    assertThat(debian.run("keepstream", "--version").text()).startsWith("keepstream ");
    assertThat(debian.run("dpkg-query", "-W", "-f", "${Conffiles}", "keepstream").text())
        .contains("/etc/default/keepstream");
    String page = debian.run("zcat", "/usr/share/man/man1/keepstream.1.gz").text();
    assertThat(page).contains(".SS keepstream run", "\\-\\-use\\-file", "KEEPSTREAM_CONFIG");
    assertThat(
            debian.run(
                "bash",
                "-c",
                ". /usr/share/bash-completion/completions/keepstream"
                    + " && COMP_WORDS=(keepstream che) COMP_CWORD=1"
                    + " && _complete_keepstream 2> /dev/null; echo \"${COMPREPLY[@]}\""))
        .satisfies(completed -> assertThat(completed.text().strip()).isEqualTo("check"));
    assertThat(debian.path("/usr/lib/systemd/system"))
        .isDirectoryContaining("glob:**/keepstream.service")
        .isDirectoryContaining("glob:**/keepstream@election.service.d");
    assertThat(debian.path("/etc/systemd/system/multi-user.target.wants/keepstream.service"))
        .as("a unit that is enabled without being asked for")
        .doesNotExist();
    assertThat(debian.path(CONFIG)).as("keepalived's own file").doesNotExist();
  }

  @Test
  @Order(2)
  void itChecksTheExamplesItBrings() {
    String example = "/usr/share/doc/keepstream/examples/tutorial/node1.conf";
    assertThat(debian.run("keepstream", "check", "-f", example).text()).contains("0 errors");
  }

  @Test
  @Order(3)
  void itRunsWithItsOwnRuntimeAndCache() throws IOException {
    debian.write(
        CONFIG,
        """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 150
            version 3
            advert_int 0.3
            authentication {
                auth_type PASS
                auth_pass ${_ENV KEEPSTREAM_PASS}
            }
            virtual_ipaddress {
                %s/24
            }
        }
        """
            .formatted(VIP));
    debian.write("/etc/keepstream/pass", "secret\n");
    // With AOTMode=on, a cache that does not fit ends the JVM.
    LabProcess node =
        debian.start(
            "env",
            "KEEPSTREAM_JAVA_OPTS=-XX:AOTMode=on",
            "KEEPSTREAM_PASS_FILE=/etc/keepstream/pass",
            "keepstream",
            "run",
            "-n",
            "-l",
            "-D");
    node.awaitLine("Entering MASTER STATE", LIMIT);
    Await.until(LIMIT, "the kernel has the address", this::hasVip);
    assertThat(debian.run("keepstream", "status").text()).contains("VI_1", "MASTER");
    node.stop();
    assertThat(hasVip()).as("the address is left behind").isFalse();
  }

  @Test
  @Order(4)
  void itLeavesNothingBehind() {
    debian.run("dpkg", "--purge", "keepstream").orThrow("dpkg --purge");
    assertThat(debian.path("/usr/lib/keepstream")).doesNotExist();
    assertThat(debian.path("/etc/default/keepstream")).doesNotExist();
    assertThat(debian.path(CONFIG)).exists();
  }

  private boolean hasVip() {
    return host.run("ip", "-o", "addr", "show", "to", VIP).text().contains(VIP);
  }
}
