package io.keepstream.node.scenario;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an instance that a reload drops. */
@KernelTest
class DroppedInstanceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @ParameterizedTest(name = "notify_deleted: {0}")
  @CsvSource({"true, deleted, DELETED", "false, '', FAULT"})
  void scriptsAreToldAsTheFileSays(boolean deleted, String own, String any) throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      Path told = lab.directory().resolve("told");
      Path script = Files.writeString(lab.directory().resolve("tell"), "echo $* >> " + told + "\n");
      Node node =
          new Node(
              lab.host("node1").nic("eth0", lan, "10.0.0.1/24"),
              Speaker.KEEPSTREAM,
              instance(
                      1,
                      """
                      notify "/bin/sh %1$s any"
                      notify_fault "/bin/sh %1$s fault"
                      %2$s
                      """
                          .formatted(
                              script,
                              deleted ? "notify_deleted \"/bin/sh " + script + " deleted\"" : ""))
                  + instance(2, ""));
      node.start();
      node.reload(instance(2, ""));
      Await.until(
          LIMIT,
          "INSTANCE VI_1 " + any,
          () -> Files.exists(told) && read(told).contains("any INSTANCE VI_1 " + any + " 100\n"));
      Await.until(LIMIT, "the script of its own", () -> read(told).contains(own));
      if (read(told).contains("fault\n")) {
        throw new AssertionError("notify_fault was run: " + read(told));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static String instance(int vrid, String words) {
    return """
        vrrp_instance VI_%1$d {
            interface eth0
            virtual_router_id %1$d
            priority 100
            virtual_ipaddress {
                10.0.0.10%1$d/24
            }
        %2$s
        }
        """
        .formatted(vrid, words);
  }
}
