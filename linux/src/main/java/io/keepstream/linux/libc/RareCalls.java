package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The handles of {@link ForeignLibc} for what most nodes never call: each takes some milliseconds
 * to make, and a node that starts makes none of these.
 */
final class RareCalls {
  static final MethodHandle MKFIFO =
      ForeignLibc.call("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  static final MethodHandle INOTIFY_INIT1 =
      ForeignLibc.call("inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  static final MethodHandle INOTIFY_ADD_WATCH =
      ForeignLibc.call(
          "inotify_add_watch", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  static final MethodHandle IF_NAMETOINDEX =
      ForeignLibc.call("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  static final MethodHandle SETNS =
      ForeignLibc.call("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  static final MethodHandle GETEUID = ForeignLibc.call("geteuid", FunctionDescriptor.of(JAVA_INT));
  static final MethodHandle SCHED_SETSCHEDULER =
      ForeignLibc.call(
          "sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  static final MethodHandle MLOCKALL =
      ForeignLibc.call("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  static final MethodHandle MUNLOCKALL =
      ForeignLibc.call("munlockall", FunctionDescriptor.of(JAVA_INT));
  static final MethodHandle KILL =
      ForeignLibc.call("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private RareCalls() {}
}
