package io.keepstream.node.control;

import io.keepstream.contract.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The place where the processes of one node meet: a directory that only its owner enters, with the
 * sockets of each. As long as this process is in it, no other runs one of its services there.
 */
public final class LinkDirectory implements AutoCloseable {
  private final Path path;
  private final List<Claim> claims = new ArrayList<>();

  private LinkDirectory(Path path) {
    this.path = path;
  }

  /** Where the processes of this network namespace meet when nobody names another place. */
  public static Path usual() throws IOException {
    return ControlDirectory.DEFAULT.resolve(
        ControlDirectory.LINK_PREFIX + ControlDirectory.namespace());
  }

  /** Enters {@code path}, which is made where it does not exist yet, with {@code services}. */
  public static LinkDirectory enter(Path path, Set<Service> services)
      throws IOException, ControlException {
    if (path.startsWith(ControlDirectory.DEFAULT)) {
      ControlDirectory.secure(ControlDirectory.DEFAULT);
    }
    LinkDirectory entered = new LinkDirectory(path);
    try {
      for (Service service : services) {
        entered.claims.add(Claim.in(path, service.label()));
      }
    } catch (IOException | ControlException e) {
      entered.close();
      throw e;
    }
    return entered;
  }

  /** The directory itself. */
  public Path path() {
    return path;
  }

  /** Where the process with {@code services} is asked. */
  public Path control(Set<Service> services) {
    return path.resolve(Service.names(services) + ControlDirectory.SUFFIX);
  }

  @Override
  public void close() throws IOException {
    for (Claim claim : claims) {
      claim.close();
    }
  }
}
