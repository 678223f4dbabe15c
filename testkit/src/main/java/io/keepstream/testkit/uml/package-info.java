/**
 * User Mode Linux: a second kernel, run as an ordinary program, that has IPVS where the machine's
 * own has not. Its root is this machine's file system, so the JDK, the class path and all programs
 * are there, and what it writes to files is real.
 *
 * <p>{@link io.keepstream.lab.UserModeLinux} runs a command inside; {@link
 * io.keepstream.testkit.uml.OuterTests} runs whole test classes inside and shows each of their
 * tests outside. It has one slow processor, on which system calls cost ten times as much: it tells
 * what is true, not how fast it is.
 */
package io.keepstream.testkit.uml;
