package io.keepstream.node.cli;

import picocli.CommandLine.Option;

/**
 * keepalived's flags that ask for what is always so here, or for what has no counterpart. They are
 * accepted so that a command line that works today goes on working.
 */
final class KeepalivedFlags {
  @Option(
      names = {
        "-n", "--dont-fork", "-l", "--log-console", "-G", "--no-syslog", "-B", "--no_bfd",
        "-R", "--dont-respawn", "-m", "--core-dump", "-d", "--dump-conf", "-x", "--snmp"
      },
      arity = "0",
      description = "keepalived's flags for what is always so here, or has no counterpart.")
  boolean[] always;

  @Option(
      names = {
        "-r",
        "--vrrp_pid",
        "-c",
        "--checkers_pid",
        "-b",
        "--bfd_pid",
        "-S",
        "--log-facility"
      },
      paramLabel = "X",
      description = "The same; there is one process, and it logs to standard output.")
  String[] withoutCounterpart;
}
