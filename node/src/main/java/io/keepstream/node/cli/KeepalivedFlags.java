package io.keepstream.node.cli;

import picocli.CommandLine.Option;

/**
 * keepalived's flags that ask for what is always so here, or for what has no counterpart. They are
 * accepted so that a command line that works today goes on working.
 */
final class KeepalivedFlags {
  @Option(
      names = {"-n", "--dont-fork"},
      description = "Always so: the node stays in the foreground.")
  boolean dontFork;

  @Option(
      names = {"-l", "--log-console"},
      description = "Always so: the log goes to standard output.")
  boolean logConsole;

  @Option(
      names = {"-G", "--no-syslog"},
      description = "Always so.")
  boolean noSyslog;

  @Option(
      names = {"-B", "--no_bfd"},
      description = "Accepted.")
  boolean noBfd;

  @Option(
      names = {"-R", "--dont-respawn"},
      description = "Accepted: services are not processes.")
  boolean dontRespawn;

  @Option(
      names = {"-m", "--core-dump"},
      description = "Accepted.")
  boolean coreDump;

  @Option(
      names = {"-x", "--snmp"},
      description = "Accepted.")
  boolean snmp;

  @Option(
      names = {"-S", "--log-facility"},
      paramLabel = "N",
      description = "Accepted.")
  String logFacility;

  @Option(
      names = {"-r", "--vrrp_pid"},
      paramLabel = "FILE",
      description = "Accepted: there is one process.")
  String vrrpPidFile;

  @Option(
      names = {"-c", "--checkers_pid"},
      paramLabel = "FILE",
      description = "Accepted: there is one process.")
  String checkersPidFile;

  @Option(
      names = {"-b", "--bfd_pid"},
      paramLabel = "FILE",
      description = "Accepted: there is one process.")
  String bfdPidFile;
}
