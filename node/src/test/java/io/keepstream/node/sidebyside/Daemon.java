package io.keepstream.node.sidebyside;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.node.scenario.Speaker;
import io.keepstream.testkit.peer.Keepalived;

/** One of the two programs with all its parts, as its user runs it. */
interface Daemon {
  /** Puts another text into its file and has it read that. */
  void reload(String config);

  /** Ends it politely. */
  void stop();

  /** How one is started. */
  interface Program {
    /** With a text of keepalived.conf. */
    Daemon start(LabHost host, String config);
  }

  static Daemon keepalived(LabHost host, String config) {
    Keepalived running = Keepalived.startWithoutIpvs(host, Keepalived.Part.ALL, config);
    return new Daemon() {
      @Override
      public void reload(String next) {
        running.reload(next);
      }

      @Override
      public void stop() {
        running.stop();
      }
    };
  }

  static Daemon keepstream(LabHost host, String config) {
    // As keepalived, it shall find no table that it could fill.
    String first = "global_defs {\n dataplane ipvs\n}\n";
    LabProcess running = Speaker.KEEPSTREAM.start(host, first + config);
    return new Daemon() {
      @Override
      public void reload(String next) {
        Speaker.rewrite(host, first + next);
        running.signal("HUP");
      }

      @Override
      public void stop() {
        running.stop();
      }
    };
  }
}
