package io.keepstream.testkit.witness;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** As {@link Adverts}, but decoded afterwards only, so that it disturbs less what it watches. */
public final class Recording implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final LabBridge bridge;
  private final Path file;
  private final LabProcess capture;

  private Recording(LabBridge bridge, Path file, LabProcess capture) {
    this.bridge = bridge;
    this.file = file;
    this.capture = capture;
  }

  /** Records every frame sent on a switch from now on. */
  public static Recording on(LabBridge bridge) {
    Path file = bridge.host().lab().directory().resolve(bridge.host().name() + ".pcap");
    LabProcess capture =
        bridge
            .host()
            .start(
                "tcpdump",
                "-U",
                "-B",
                "65536",
                "--time-stamp-precision=nano",
                "-i",
                LabBridge.DEVICE,
                "-w",
                file.toString(),
                Adverts.FILTER);
    capture.awaitLine("listening on", START);
    return new Recording(bridge, file, capture);
  }

  /** Ends the recording and tells what is in it. */
  public List<Sighting> stop() {
    capture.stop();
    String text =
        bridge
            .host()
            .run("sh", "-c", "tshark -n -r " + file + " -T fields" + Adverts.FIELDS)
            .text();
    return text.lines().map(TsharkLine::parse).flatMap(Optional::stream).toList();
  }

  @Override
  public void close() {
    capture.close();
  }
}
