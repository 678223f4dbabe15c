package io.keepstream.node.run;

import io.keepstream.config.language.SystemSource;

/**
 * A configuration as it was read, which nobody has agreed to yet.
 *
 * @param fingerprint tells the text it was read from, with all its includes, from any other
 * @param readNanos when its reading began
 */
public record Draft(NodeConfig config, String fingerprint, long readNanos) {

  /** Reads {@code file} as {@link NodeConfig#read} does. */
  public static Draft read(String file, SystemSource source, long nowNanos) {
    NodeConfig config = NodeConfig.read(file, source);
    return new Draft(config, source.fingerprint(), nowNanos);
  }
}
