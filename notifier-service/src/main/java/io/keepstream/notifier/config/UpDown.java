package io.keepstream.notifier.config;

import io.keepstream.runtime.script.ScriptCommand;
import java.util.Optional;

/** The scripts of a real server, or of a virtual server's quorum. */
public record UpDown(Optional<ScriptCommand> up, Optional<ScriptCommand> down) {

  /** No script. */
  public static final UpDown NONE = new UpDown(Optional.empty(), Optional.empty());
}
