package io.keepstream.runtime.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.clamped;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.NOT_YET;
import static io.keepstream.config.vocabulary.Status.accepted;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Status;
import java.util.List;

/** The words about single processes: their names, scheduling and buffers. */
final class ProcessWords {
  private static final Status PROCESS =
      accepted("there is one process per service, named by what starts it");
  private static final Status SCHEDULING = accepted("the service manager decides about it");

  private static final Block GLOBAL =
      block(
          "global_defs",
          word("process_names", PROCESS).means("Name the child processes after what they do"),
          word("process_name", PROCESS, text("name")).means("Name of the parent process"),
          word("vrrp_process_name", PROCESS, text("name")).means("Name of the VRRP child process"),
          word("checker_process_name", PROCESS, text("name"))
              .means("Name of the checker child process"),
          word("lvs_process_name", PROCESS, text("name"))
              .deprecated("checker_process_name")
              .means("The same under its former name"),
          word("bfd_process_name", PROCESS, text("name")).means("Name of the BFD child process"),
          word("max_auto_priority", SCHEDULING, optional(integer(-1, 99)))
              .means("Bound for raising the real-time priority when timers run late"),
          word("min_auto_priority_delay", SCHEDULING, integer(1, 10000000))
              .means("Lateness of a timer that triggers an automatic priority raise"),
          word("vrrp_priority", SCHEDULING, integer(-20, 19))
              .means("Nice value of the VRRP process"),
          word("vrrp_no_swap", ACTS).means("Lock the VRRP process in memory"),
          word("vrrp_rt_priority", ACTS, clamped(1, 99))
              .means("Real-time round-robin priority of the VRRP process"),
          word("vrrp_cpu_affinity", SCHEDULING, many(integer(0, 4095)))
              .means("CPUs the VRRP process may use"),
          word("vrrp_rlimit_rttime", SCHEDULING, integer(1, UNSIGNED))
              .means("CPU time limit between blocking calls when real-time scheduled"),
          word("vrrp_rlimit_rtime", SCHEDULING, integer(1, UNSIGNED))
              .deprecated("vrrp_rlimit_rttime")
              .means("The same under its former name"),
          word("checker_priority", SCHEDULING, integer(-20, 19))
              .means("Nice value of the checker process"),
          word("checker_no_swap", ACTS).means("Lock the checker process in memory"),
          word("checker_rt_priority", ACTS, clamped(1, 99))
              .means("Real-time round-robin priority of the checker process"),
          word("checker_cpu_affinity", SCHEDULING, many(integer(0, 4095)))
              .means("CPUs the checker process may use"),
          word("checker_rlimit_rttime", SCHEDULING, integer(1, UNSIGNED))
              .means("CPU time limit between blocking calls for the checker process"),
          word("checker_rlimit_rtime", SCHEDULING, integer(1, UNSIGNED))
              .deprecated("checker_rlimit_rttime")
              .means("The same under its former name"),
          word("bfd_priority", SCHEDULING, integer(-20, 19)).means("Nice value of the BFD process"),
          word("bfd_no_swap", ACTS).means("Lock the BFD process in memory"),
          word("bfd_rt_priority", ACTS, clamped(1, 99))
              .means("Real-time round-robin priority of the BFD process"),
          word("bfd_cpu_affinity", SCHEDULING, many(integer(0, 4095)))
              .means("CPUs the BFD process may use"),
          word("bfd_rlimit_rttime", SCHEDULING, integer(1, UNSIGNED))
              .means("CPU time limit between blocking calls for the BFD process"),
          word("bfd_rlimit_rtime", SCHEDULING, integer(1, UNSIGNED))
              .deprecated("bfd_rlimit_rttime")
              .means("The same under its former name"),
          word("vrrp_netlink_cmd_rcv_bufs", NOT_YET, integer(1, UNSIGNED))
              .means("Receive buffer of the VRRP netlink command socket"),
          word("vrrp_netlink_cmd_rcv_bufs_force", NOT_YET, bool())
              .means("Allow that buffer to exceed rmem_max"),
          word("vrrp_netlink_monitor_rcv_bufs", NOT_YET, integer(1, UNSIGNED))
              .means("Receive buffer of the VRRP netlink monitor socket"),
          word("vrrp_netlink_monitor_rcv_bufs_force", NOT_YET, bool())
              .means("Allow that buffer to exceed rmem_max"),
          word("process_monitor_rcv_bufs", NOT_YET, integer(1, UNSIGNED))
              .means("Receive buffer of the process event socket"),
          word("process_monitor_rcv_bufs_force", NOT_YET, bool())
              .means("Allow that buffer to exceed rmem_max"));

  private ProcessWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(GLOBAL);
  }
}
