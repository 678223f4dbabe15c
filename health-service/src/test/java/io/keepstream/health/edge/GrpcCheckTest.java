package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GRPC_CHECK, and hostile answers in HTTP/2. */
class GrpcCheckTest {
  private static IoEventLoop loop;

  @BeforeAll
  static void startLoop() {
    loop = EventLoops.dedicated("grpc");
  }

  @AfterAll
  static void endLoop() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void asksTheHealthService() {
    try (GrpcStub server = new GrpcStub(loop);
        Asker asker =
            Asker.to(loop, "127.0.0.1", server.port(), "GRPC_CHECK {\n service web\n }")) {
      CheckResult result = asker.ask();
      assertThat(result.succeeded()).as("%s", result).isTrue();
      assertThat(server.requests)
          .containsExactly("POST /grpc.health.v1.Health/Check", "00000000050a03776562");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_SERVING, STATUS_MISMATCH, 'NOT_SERVING, expected SERVING'",
    "UNIMPLEMENTED, STATUS_MISMATCH, 'grpc-status 12, expected 0'",
    "RESET, CONNECTION_CLOSED, closed before the header was complete",
    "HUGE_HEADER, RESPONSE_TOO_LARGE, 'header: '",
    "SILENCE, RESPONSE_TIMEOUT, no header within 500 ms",
  })
  void answersThatAreNoGood(GrpcStub.Mood mood, FailureReason reason, String detail) {
    try (GrpcStub server = new GrpcStub(loop);
        Asker asker =
            Asker.to(loop, "127.0.0.1", server.port(), "GRPC_CHECK {\n keep_connection\n }")) {
      server.mood = mood;
      CheckResult result = asker.ask();
      assertThat(result.failure()).as("%s", result).isEqualTo(reason);
      assertThat(result.detail()).startsWith("/grpc.health.v1.Health/Check: " + detail);
      server.mood = GrpcStub.Mood.SERVE;
      assertThat(asker.ask().succeeded()).as("afterwards").isTrue();
      assertThat(asker.ask().succeeded()).as("and over the same connection").isTrue();
    }
  }
}
