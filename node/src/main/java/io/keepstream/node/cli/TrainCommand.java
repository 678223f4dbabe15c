package io.keepstream.node.cli;

import io.keepstream.config.language.TextSource;
import io.keepstream.contract.Service;
import io.keepstream.node.log.Logging;
import io.keepstream.node.run.Node;
import io.keepstream.node.run.NodeConfig;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code keepstream train}: lives for two seconds as a node does, without touching this machine, so
 * that the JVM can write down what it has loaded and start faster next time (JEP 514). It balances
 * only where there is no network but its own, because the kernel's tables belong to all of it.
 */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
  private static final long LIFE_SECONDS = 2;
  private static final String CONFIG =
      """
      global_defs {
          router_id training
      }
      http {
      }
      vrrp_script training {
          script "/bin/true"
          interval 1
      }
      vrrp_instance training {
          interface ks-training0
          virtual_router_id 255
          authentication {
              auth_type PASS
              auth_pass training
          }
          notify "/bin/true"
          virtual_ipaddress {
              192.0.2.1
          }
          track_script {
              training
          }
      }
      virtual_server 192.0.2.1 80 {
          protocol TCP
          delay_loop 1
          real_server 127.0.0.1 9 {
              TCP_CHECK {
                  warmup 0
                  delay_loop 1
                  retry 0
              }
          }
      }
      """;

  @Override
  public Integer call() throws Exception {
    Logging.start(Logging.Format.TEXT, false);
    String name = "training";
    Path directory = Files.createTempDirectory("keepstream-training");
    NodeConfig config =
        NodeConfig.read(
            name, new TextSource(name, CONFIG + "journal {\ndirectory " + directory + "\n}\n"));
    Node node = Node.start(name, config, services(), Optional.of(directory)).await();
    TimeUnit.SECONDS.sleep(LIFE_SECONDS);
    node.apply(config).await();
    node.stop("trained").await();
    Logging.stop();
    delete(directory);
    return config.refused() ? 1 : 0;
  }

  private static Set<Service> services() throws SocketException {
    Set<Service> services = EnumSet.of(Service.NOTIFIER, Service.HEALTH, Service.ELECTION);
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (!each.isLoopback()) {
        return services;
      }
    }
    services.add(Service.LVS);
    return services;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
