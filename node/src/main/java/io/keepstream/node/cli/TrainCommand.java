package io.keepstream.node.cli;

import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.keepstream.lab.Await;
import io.keepstream.node.control.ControlClient;
import io.keepstream.node.control.ControlException;
import io.keepstream.node.run.Preparation;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code keepstream train}: lives for some seconds as a node does, so that the JVM can write down
 * what it has loaded and start faster next time (JEP 514). Where there is no network but its own it
 * takes over an address and balances; elsewhere it does not touch the machine.
 */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
  /** As MASTER, among others. */
  private static final long LIFE_SECONDS = 2;

  private static final int LIVES = 2;

  private static final Duration START = Duration.ofMinutes(1);

  @Override
  public Integer call() throws Exception {
    boolean alone = isAlone();
    Path directory = Files.createTempDirectory("keepstream-training");
    Path file = directory.resolve("keepalived.conf");
    Files.writeString(file, config(directory, alone ? "lo" : "ks-training0"));
    String services = "election,health,notifier" + (alone ? ",lvs" : "");
    int status = 0;
    // Usually a node finds the journal of its life before.
    for (int life = 0; life < LIVES && status == 0; life++) {
      status = live(directory, "--use-file=" + file, "--only=" + services);
    }
    delete(directory);
    return status;
  }

  private static boolean isAlone() throws SocketException {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (!each.isLoopback()) {
        return false;
      }
    }
    return true;
  }

  private static String config(Path directory, String nic) {
    return """
      global_defs {
          router_id training
      }
      http {
      }
      journal {
          directory %1$s/journal
      }
      vrrp_script training {
          script "/bin/true"
          interval 1
      }
      vrrp_instance training_2 {
          interface %2$s
          virtual_router_id 255
          advert_int 1
          authentication {
              auth_type PASS
              auth_pass training
          }
          virtual_ipaddress {
              192.0.2.2
          }
          track_script {
              training
          }
      }
      vrrp_instance training_3 {
          version 3
          interface %2$s
          virtual_router_id 254
          priority 254
          advert_int 0.1
          notify "/bin/true"
          virtual_ipaddress {
              192.0.2.1
          }
      }
      virtual_server 192.0.2.1 80 {
          protocol TCP
          delay_loop 1
          lb_algo rr
          lb_kind NAT
          real_server 127.0.0.1 9 {
              TCP_CHECK {
                  warmup 0
                  delay_loop 1
                  retry 0
              }
          }
      }
      """
        .formatted(directory, nic);
  }

  private static int live(Path directory, String... flags) {
    Path control = directory.resolve("training.sock");
    Thread.ofPlatform().daemon().start(() -> use(control));
    Preparation.begin();
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.add("--link-dir=" + directory.resolve("link"));
    arguments.add("--control=" + control);
    return RunCommand.inTraining().execute(arguments.toArray(String[]::new));
  }

  /** However it goes, the process ends: someone waits for it. */
  private static void use(Path control) {
    try {
      Await.until(START, "a node that can be asked", () -> Files.exists(control));
      TimeUnit.SECONDS.sleep(LIFE_SECONDS);
      ControlClient.ask(control, Question.of(What.STATUS));
      ControlClient.ask(control, Question.of(What.RELOAD));
      ControlClient.stop(control);
    } catch (ControlException | InterruptedException | RuntimeException | AssertionError e) {
      System.err.println("keepstream: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
