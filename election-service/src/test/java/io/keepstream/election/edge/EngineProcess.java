package io.keepstream.election.edge;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An election engine in a process of its own, which can be stopped and killed. */
final class EngineProcess {
  private EngineProcess() {}

  static LabProcess start(LabHost host, String config) throws IOException {
    Path file = Files.createTempFile(host.lab().directory(), host.name(), ".conf");
    Files.writeString(file, config);
    return host.start(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        EngineProcess.class.getName(),
        file.toString());
  }

  public static void main(String[] arguments) throws Exception {
    String config = Files.readString(Path.of(arguments[0]));
    Libc libc = new ForeignLibc();
    IoEventLoop loop = EventLoops.dedicated("election");
    loop.submit(
            () -> {
              ElectionEngine engine =
                  ElectionEngine.open(
                      libc,
                      loop,
                      events -> events.forEach(event -> System.out.println(event.summary())));
              engine.configure(EngineInLab.read(config));
              return engine;
            })
        .get();
    loop.terminationFuture().await();
  }
}
