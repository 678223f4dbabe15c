package io.keepstream.node.benchmark;

import io.keepstream.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and its children take. */
public final class Usage {
  private static final double TICKS_PER_SECOND = 100;

  private Usage() {}

  static double residentMegabytes(LabProcess process) {
    return all(process).mapToDouble(Usage::residentKilobytes).sum() / 1024;
  }

  /** Seconds of CPU since the start. */
  static double cpuSeconds(LabProcess process) {
    return all(process).mapToDouble(Usage::cpuSeconds).sum();
  }

  private static Stream<ProcessHandle> all(LabProcess process) {
    ProcessHandle parent = ProcessHandle.of(process.pid()).orElseThrow();
    return Stream.concat(Stream.of(parent), parent.descendants());
  }

  /** Of one process alone. */
  public static double residentMegabytes(ProcessHandle process) {
    return residentKilobytes(process) / 1024;
  }

  private static double residentKilobytes(ProcessHandle process) {
    return read(process, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .sum();
  }

  private static double cpuSeconds(ProcessHandle process) {
    String stat = read(process, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 15);
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", process.pid() + "", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
