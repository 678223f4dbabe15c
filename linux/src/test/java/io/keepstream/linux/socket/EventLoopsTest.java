package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keepstream.linux.lab.Loop;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class EventLoopsTest {
  @AutoClose private final Loop loop = new Loop();

  @Test
  void aDedicatedLoopHasAPlatformThreadOfItsOwn() throws Exception {
    Thread thread = loop.call(Thread::currentThread);
    assertThat(thread.getName()).isEqualTo("test loop");
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(loop.call(Thread::currentThread)).isSameAs(thread);
  }

  @Test
  void takesLoopsThatRunOnEpollAndNoOthers() {
    assertThat(EventLoops.epoll(loop.io())).isSameAs(loop.io());
    EventLoop other = new DefaultEventLoop();
    assertThatIllegalStateException()
        .isThrownBy(() -> EventLoops.epoll(other))
        .withMessage("not an epoll event loop: io.netty.channel.DefaultEventLoop");
    var _ = other.shutdownGracefully();
  }
}
