package io.keepstream.node.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by which a container is asked whether it is ready. */
class ReadyTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void itAsksWhereTheNodeListens(String host) throws IOException, InterruptedException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
    server.createContext(
        "/readyz",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      ProcessBuilder ready = new ProcessBuilder("src/main/packaging/ready", "election");
      ready.environment().put("KEEPSTREAM_HTTP", host + ":" + server.getAddress().getPort());
      assertThat(ready.inheritIO().start().waitFor()).isZero();
    } finally {
      server.stop(0);
    }
  }
}
