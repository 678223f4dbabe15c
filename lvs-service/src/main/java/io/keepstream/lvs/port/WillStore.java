package io.keepstream.lvs.port;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keepstream.contract.snapshot.ServiceState.NodeDrain;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where what operators want outlives the process. Calls may block; they are made one at a time. */
public interface WillStore {

  /**
   * What was kept.
   *
   * @param writtenAt wall-clock time, which all ages count from
   * @param nodeDrain of the whole node; null where it is not drained
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Kept(Instant writtenAt, List<ServerOverride> overrides, NodeDrain nodeDrain) {
    public Kept {
      overrides = List.copyOf(overrides);
    }
  }

  /** One that forgets. */
  WillStore NONE =
      new WillStore() {
        @Override
        public Optional<Kept> load() {
          return Optional.empty();
        }

        @Override
        public void save(Kept kept) {}

        @Override
        public String setAside() {
          return "nowhere";
        }
      };

  /**
   * What was kept last; empty when nothing ever was.
   *
   * @throws IOException when it cannot be read or understood
   */
  Optional<Kept> load() throws IOException;

  /** Keeps this instead; when it returns, a power failure does not undo it. */
  void save(Kept kept) throws IOException;

  /**
   * Puts away what cannot be read or understood, so that nothing is kept in its place; says where.
   */
  String setAside() throws IOException;
}
