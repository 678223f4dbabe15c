package io.keepstream.election.config;

/** Something that is put into the kernel's tables and taken out again. */
public sealed interface KernelItem permits VirtualAddress, VirtualRoute, VirtualRule {
  /** How people call it, as in {@code 172.32.10.18/32}. */
  String text();

  /** Whether it is put back when somebody removes it; {@code no_track} says no. */
  boolean tracked();

  /** What the kernel knows it by, whatever its settings: two items of one identity are one. */
  Object identity();
}
