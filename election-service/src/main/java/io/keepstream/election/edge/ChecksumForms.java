package io.keepstream.election.edge;

import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.runtime.Window;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The form of checksum each sender uses, where several are accepted, so that a change is told once.
 * The number of senders is bounded, and each is told of once per window at most.
 */
final class ChecksumForms {
  private static final int SENDERS = 16;

  private static final class Sender {
    private final Window window = new Window();
    private ChecksumForm told;
  }

  private final Map<InetAddress, Sender> senders = new HashMap<>();

  /** Whether it is to be told that {@code address} uses {@code form}. */
  boolean isNews(InetAddress address, ChecksumForm form, long nowNanos) {
    Sender sender = senders.get(address);
    if (sender == null) {
      if (senders.size() == SENDERS) {
        return false;
      }
      sender = new Sender();
      senders.put(address, sender);
    }
    if (form == sender.told || sender.window.count(nowNanos) == null) {
      return false;
    }
    sender.told = form;
    return true;
  }
}
