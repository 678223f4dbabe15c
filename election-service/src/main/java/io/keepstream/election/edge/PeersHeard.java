package io.keepstream.election.edge;

import io.keepstream.election.explain.PeerHeard;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who was heard lately; bounded, whoever sends. */
final class PeersHeard {
  private static final int MOST = 16;

  private final Map<InetAddress, PeerHeard> peers =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, PeerHeard> eldest) {
          return size() > MOST;
        }
      };

  void heard(PeerHeard peer) {
    peers.put(peer.address(), peer);
  }

  List<PeerHeard> peers() {
    return List.copyOf(peers.values());
  }
}
