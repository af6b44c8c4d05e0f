package io.metasrv.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.options.GrpcOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerAddressTest {

  private static String of(String bindAddr, String serverAddr) {
    return ServerAddress.of(
            GrpcOptions.defaults().withBindAddr(bindAddr).withServerAddr(serverAddr))
        .text();
  }

  @Test
  void whatWasSaidCounts() {
    assertThat(of("0.0.0.0:3002", "meta-0.meta:3002")).isEqualTo("meta-0.meta:3002");
  }

  @Test
  @DisplayName(
      "sheet 09 case 29: an empty address becomes this machine's, with the port of bind_addr")
  void anEmptyAddressIsDetected() {
    assertThat(of("0.0.0.0:3002", "")).matches("(\\[.+]|[0-9.]+):3002");
    assertThat(of("[::]:3007", "")).endsWith(":3007");
  }

  @Test
  void aPortThatCannotBeReadBecomes4001() {
    assertThat(of("0.0.0.0:http", "")).endsWith(":4001");
  }

  @Test
  void aServerBoundToLoopbackAdvertisesWhereItCanBeReached() {
    assertThat(of("127.0.0.1:3002", "")).isEqualTo("127.0.0.1:3002");
    assertThat(of("localhost:3002", "")).isEqualTo("localhost:3002");
  }
}
