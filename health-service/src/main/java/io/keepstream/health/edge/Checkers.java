package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;

/** The checkers there are, one per kind of target. */
record Checkers(Checker<Target.Tcp> tcp, Checker<Target.Script> script) {

  Probe prepare(Target target) {
    return switch (target) {
      case Target.Tcp tcpTarget -> tcp.prepare(tcpTarget);
      case Target.Script scriptTarget -> script.prepare(scriptTarget);
    };
  }
}
