package io.keepstream.node.scenario;

import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.Service;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.run.Node;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** keepalived and this program, each on a host of its own, with the same file. */
final class ParityPair {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ParitySample sample;
  private final ParityHost theirs;
  private final ParityHost ours;
  private final List<LabProcess> fifos = new ArrayList<>();
  private Keepalived keepalived;
  private Node node;

  ParityPair(NamespaceLab lab, ParitySample sample, int number) {
    this.sample = sample;
    this.theirs = new ParityHost(lab.host("k" + number), sample);
    this.ours = new ParityHost(lab.host("n" + number), sample);
  }

  ParitySample sample() {
    return sample;
  }

  /** keepalived's namespace. */
  String theirs() {
    return theirs.host().namespace();
  }

  /** This program's namespace. */
  String ours() {
    return ours.host().namespace();
  }

  private List<ParityHost> hosts() {
    return List.of(theirs, ours);
  }

  void start() throws IOException {
    for (ParityHost each : hosts()) {
      if (sample.says("lvs_notify_fifo")) {
        each.host().run("mkfifo", "-m", "600", each.ownFile().toString());
        // Opened for writing as well, it does not end when the other end is opened anew.
        fifos.add(each.host().start("sh", "-c", "cat 0<>" + each.ownFile()));
      } else {
        Files.writeString(each.ownFile(), "0\n");
      }
    }
    keepalived =
        Keepalived.start(
            theirs.host(), Keepalived.Part.ALL, sample.before(theirs.ownFile().toString()));
    Set<Service> services = EnumSet.of(Service.HEALTH, Service.LVS);
    if (sample.says("lvs_notify_fifo") || sample.hasScripts()) {
      services.add(Service.NOTIFIER);
    }
    if (sample.says("vrrp_instance")) {
      services.add(Service.ELECTION);
    }
    String file = ours.configure(false);
    node = ours.host().inside(() -> Node.start(file, read(file), services).await());
  }

  private static NodeConfig read(String file) {
    return NodeConfig.read(file, SystemSource.ofThisMachine());
  }

  /** Takes the first server away, or brings it back. */
  void first(boolean up) throws IOException {
    for (ParityHost each : hosts()) {
      each.first(up);
      if (sample.says("track_file")) {
        Files.writeString(each.ownFile(), up ? "-3\n" : "5\n");
      }
    }
  }

  void reload() {
    keepalived.reload(sample.after(theirs.ownFile().toString()));
    String file = ours.configure(true);
    ours.host().inside(() -> node.apply(read(file)).await(30, TimeUnit.SECONDS));
  }

  void stop() throws Exception {
    keepalived.stop();
    node.stop("the test ends").await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** What was read from the FIFOs or written by scripts, theirs first, in no order. */
  List<List<String>> notices() throws IOException {
    if (sample.hasScripts()) {
      return List.of(written(theirs), written(ours));
    }
    return fifos.stream().map(each -> each.lines().stream().sorted().distinct().toList()).toList();
  }

  private static List<String> written(ParityHost host) throws IOException {
    return Files.readAllLines(host.ownFile()).stream().sorted().distinct().toList();
  }
}
