package io.keepstream.node.scenario;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which program a node runs. */
public enum Speaker {
  /** Ours, from this test's class path. */
  KEEPSTREAM {
    @Override
    public LabProcess start(LabHost host, String config) {
      return host.start(command("run", "-f", file(host, config)));
    }
  },
  /** Ours, as its user starts it. */
  KEEPSTREAM_BUILT {
    @Override
    public LabProcess start(LabHost host, String config) {
      return host.start("../keepstream", "run", "-f", file(host, config));
    }
  },
  KEEPALIVED {
    @Override
    public LabProcess start(LabHost host, String config) {
      return Keepalived.start(host, Keepalived.Part.VRRP, config).process();
    }
  };

  /** Starts it with the text of a keepalived.conf. */
  public abstract LabProcess start(LabHost host, String config);

  /** Starts a process of ours, as its user does, that only elects. */
  public static LabProcess startElection(LabHost host, String config) {
    String link = host.lab().directory().resolve(host.name() + ".link").toString();
    return host.start(
        "../keepstream", "run", "--only", "election", "--link-dir", link, "-f", file(host, config));
  }

  /** Writes another text into the file of one of ours. */
  public static void rewrite(LabHost host, String config) {
    file(host, config);
  }

  /** One file per host, so that a reload finds the text it is to find. */
  private static String file(LabHost host, String config) {
    try {
      Path file = host.lab().directory().resolve(host.name() + ".conf");
      return Files.writeString(file, config).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words that run our program from this test's class path. */
  static String[] command(String... arguments) {
    List<String> words = new ArrayList<>(CachedProgram.command());
    words.addAll(List.of(arguments));
    return words.toArray(String[]::new);
  }
}
