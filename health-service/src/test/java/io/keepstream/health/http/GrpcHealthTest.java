package io.keepstream.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden bytes of the two messages. */
class GrpcHealthTest {
  @Test
  void requests() {
    assertThat(hex(GrpcHealth.request(""))).isEqualTo("0000000000");
    assertThat(hex(GrpcHealth.request("web"))).isEqualTo("00000000050a03776562");
    assertThat(hex(GrpcHealth.request("x".repeat(200)))).startsWith("00000000cb0ac801787878");
  }

  @ParameterizedTest(name = "HTTP {0} grpc-status {1} {2}: {3}")
  @CsvSource({
    "200, 0, 00000000020801, ",
    "200, 0, 00000000020802, 'NOT_SERVING, expected SERVING'",
    "200, 0, 00000000020803, 'SERVICE_UNKNOWN, expected SERVING'",
    "200, 0, 0000000000, 'UNKNOWN, expected SERVING'",
    "200, 0, 00000000020805, 'status 5, expected SERVING'",
    "200, 0, '', 'an answer that cannot be read, expected SERVING'",
    "200, 0, 01000000020801, 'an answer that cannot be read, expected SERVING'",
    "200, 0, 00000000021001, 'an answer that cannot be read, expected SERVING'",
    "200, 5, '', 'grpc-status 5 (why), expected 0'",
    "200, , 00000000020801, 'no grpc-status: this is not gRPC'",
    "503, 0, 00000000020801, 'HTTP status 503, expected 200'",
  })
  void answers(int status, String grpcStatus, String body, String wrong) {
    Expected expected = new Expected.Serving();
    ResponseBody taken = ResponseBody.of(expected);
    taken.add(ByteBuffer.wrap(HexFormat.of().parseHex(body)));
    assertThat(
            expected
                .judge(new Response(status, taken, grpcStatus, "why"))
                .map(Finding::detail)
                .orElse(null))
        .isEqualTo(wrong);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
