package io.keepstream.node.sidebyside;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import java.nio.file.Path;

/** A reader of a FIFO that a user has made. */
final class FifoReader {
  private FifoReader() {}

  /** Makes the FIFO and reads it, whoever writes to it in turn. */
  static LabProcess of(LabHost host, Path fifo) {
    host.run("mkfifo", "-m", "600", fifo.toString()).orThrow("mkfifo");
    // Opened for writing as well, it does not end when the other end is opened anew.
    return host.start("sh", "-c", "cat 0<>" + fifo);
  }
}
