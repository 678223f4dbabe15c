package io.keepstream.lvs.edge;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.lvs.config.ConfigText;
import java.nio.file.Path;

/** A process with the service that kills itself, as kill -9 would, in the middle of a change. */
final class Victim {
  private static final int SIGKILL = 9;

  private Victim() {}

  /** Takes the number of changes that still reach the kernel, then the configuration file. */
  public static void main(String[] arguments) {
    Libc libc = new ForeignLibc();
    CutOff kernel = new CutOff(new NetlinkIpvsTable(libc), () -> libc.kill(libc.getpid(), SIGKILL));
    kernel.after(Integer.parseInt(arguments[0]));
    new Running().start(ConfigText.read(Path.of(arguments[1])).config(), kernel);
  }
}
