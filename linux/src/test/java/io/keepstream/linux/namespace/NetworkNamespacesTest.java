package io.keepstream.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NetworkNamespacesTest {
  @Test
  void aNameIsAFileOfIpNetns() {
    assertThat(NetworkNamespaces.named("no such namespace"))
        .isEqualTo(Path.of("/var/run/netns/no such namespace"));
  }

  @Test
  void whatIsNotThereIsSaidByName() {
    assertThatThrownBy(() -> NetworkNamespaces.call(new ForeignLibc(), "no such one", () -> 1))
        .isInstanceOf(ErrnoException.class)
        .hasMessage("open /var/run/netns/no such one: ENOENT: No such file or directory");
  }
}
