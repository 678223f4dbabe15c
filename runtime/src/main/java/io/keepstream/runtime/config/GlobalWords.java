package io.keepstream.runtime.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.script;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.any;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.NOT_YET;
import static io.keepstream.config.vocabulary.Status.REFUSED;
import static io.keepstream.config.vocabulary.Status.accepted;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Param;
import io.keepstream.config.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The words about the program as a whole. */
public final class GlobalWords {
  private static final String MODE_BIT = "(I[RWX](USR|GRP|OTH)|IRWX[UGO])";
  private static final String UMASK =
      "0[xX][0-9a-fA-F]+|[0-9]+|" + MODE_BIT + "(\\|" + MODE_BIT + ")*";
  private static final Param INCLUDE_CHECK =
      oneOf(
          Stream.of("", "+", "-")
              .flatMap(
                  sign ->
                      Stream.of("read", "match", "wildcard_match", "brace_match").map(sign::concat))
              .toArray(String[]::new));
  private static final Status NO_SNMP =
      accepted("there is no SNMP agent; metrics are served over HTTP");
  private static final Status CHECKED =
      accepted("every reload is checked first, and what is wrong is an event");
  private static final Status NO_DBUS =
      accepted("nothing is offered on D-Bus; events and state are served over HTTP");

  private static final Block TOP =
      block(
          TOP_LEVEL,
          word("net_namespace", REFUSED, text("name"))
              .means("Run the whole program inside the named network namespace"),
          word("net_namespace_ipvs", REFUSED, optional(text("name")))
              .means("Program IPVS in another namespace than the one used for health checks"),
          word("namespace_with_ipsets", accepted("it only matters on Linux before 3.13"))
              .means("Permit ipsets while running in a network namespace on very old kernels"),
          word("use_pid_dir", accepted("no pid files are written"))
              .means("Put pid files in a keepalived sub-directory of the run directory"),
          word("instance", ACTS, text("name"))
              .means("Name of this instance among several on a machine, for data_use_instance"),
          word("child_wait_time", NOT_YET, integer(0, UNSIGNED))
              .means("How long the parent waits for its children at shutdown before killing them"),
          word("global_defs", ACTS).block().means("Settings of the whole program"));
  private static final Block GLOBAL =
      block(
          "global_defs",
          word("use_symlink_paths", NOT_YET, bool())
              .means("Run scripts through the path as written, links not resolved"),
          word("set_supplementary_groups", NOT_YET, bool())
              .means("Give script processes the supplementary groups of their user"),
          word("router_id", ACTS, text("text"))
              .means("Label of this machine; prefix of every alert mail subject"),
          script("startup_script", ACTS).means("Run by the parent before any child is started"),
          word("startup_script_timeout", ACTS, integer(1, 1000))
              .means("Kill the startup script after this long"),
          script("shutdown_script", ACTS).means("Run by the parent after all children have ended"),
          word("shutdown_script_timeout", ACTS, integer(1, 1000))
              .means("Kill the shutdown script after this long"),
          word("script_user", ACTS, text("user"), optional(text("[:]group")))
              .means("Default identity for every script"),
          word("enable_script_security", ACTS)
              .means("Refuse scripts of root that others than root could change"),
          word("umask", NOT_YET, matching("octal, 0x, decimal or IRUSR|...", UMASK))
              .means("File creation mask"),
          word("random_seed", NOT_YET, integer(0, UNSIGNED))
              .means("Seed that makes ${_RANDOM} repeatable from the next reading on"),
          word("reload_check_config", CHECKED, optional(path()))
              .means("Test a new configuration first and skip the reload when it fails"),
          word("reload_time_file", NOT_YET, path())
              .means("Watch a file that holds the time of a scheduled reload"),
          word("reload_repeat", NOT_YET)
              .means("Keep the reload_time_file after use, so that it repeats daily"),
          word("reload_file", NOT_YET, optional(path()))
              .means("Marker file that exists while configuration is being read"),
          word("include_check", ACTS, any(INCLUDE_CHECK))
              .means("Which include problems become errors"),
          word("config_save_dir", accepted("configurations are not copied"), path())
              .means("Save configurations around reloads, for debugging"),
          word("tmp_config_directory", accepted("the configuration is kept in memory"), path())
              .means("Where the shared copy of the configuration is kept"),
          word("data_use_instance", ACTS, bool())
              .means("Put the name of the instance into the name of the state dump"),
          word("json_version", ACTS, integer(1, 2))
              .means("Layout of the JSON dump: 1 a bare array, 2 an object"),
          word("iproute_usr_dir", NOT_YET, path())
              .means("Vendor directory with iproute2 name tables"),
          word("iproute_etc_dir", NOT_YET, path())
              .means("Local directory with iproute2 name tables"),
          word("state_dump_file", ACTS, path()).means("Template for the names of state dumps"),
          word("stats_dump_file", ACTS, path()).means("Name of the statistics dump"),
          word("json_dump_file", ACTS, path()).means("Name of the JSON dump"));
  private static final Block SNMP_AND_DBUS =
      block(
          "global_defs",
          word("snmp_socket", NO_SNMP, text("address"))
              .firstWins()
              .means("AgentX address of the SNMP master agent"),
          word("enable_traps", NO_SNMP).means("Send SNMP traps"),
          word("enable_snmp_vrrp", NO_SNMP).means("Serve the VRRP part of the KEEPALIVED MIB"),
          word("enable_snmp_keepalived", NO_SNMP)
              .deprecated("enable_snmp_vrrp")
              .means("The same under its former name"),
          word("enable_snmp_rfc", NO_SNMP).means("Serve both RFC2787 and RFC6527 MIBs"),
          word("enable_snmp_rfcv2", NO_SNMP).means("Serve the RFC2787 MIB"),
          word("enable_snmp_rfcv3", NO_SNMP).means("Serve the RFC6527 MIB"),
          word("enable_snmp_checker", NO_SNMP)
              .means("Serve the checker part of the KEEPALIVED MIB"),
          word("snmp_vs_stats_update_interval", NO_SNMP, seconds("0.001", "30"))
              .means("Least age of virtual server statistics for SNMP"),
          word("snmp_rs_stats_update_interval", NO_SNMP, seconds("0.001", "30"))
              .means("Least age of real server statistics for SNMP"),
          word("enable_dbus", NO_DBUS).means("Expose VRRP state on D-Bus"),
          word("dbus_service_name", NO_DBUS, text("name")).means("D-Bus service name"),
          word("dbus_no_interface_name", NO_DBUS, text("name"))
              .means("Path on D-Bus of instances without an interface"));

  private GlobalWords() {}

  /** All of them, by block. */
  public static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>(List.of(TOP, GLOBAL, SNMP_AND_DBUS));
    blocks.addAll(ProcessWords.blocks());
    return blocks;
  }
}
