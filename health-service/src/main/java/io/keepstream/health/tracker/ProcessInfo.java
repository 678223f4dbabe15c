package io.keepstream.health.tracker;

import java.util.List;

/**
 * A running process.
 *
 * @param name its name, of at most 15 bytes
 * @param command program and arguments; empty when not asked for, and for the kernel's own
 */
public record ProcessInfo(String name, List<String> command) {
  public ProcessInfo {
    command = List.copyOf(command);
  }
}
