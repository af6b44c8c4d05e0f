package io.metasrv.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The etcd of the tests can be killed, started again and paused. */
@Timeout(120)
final class EtcdServerTest {

  @Test
  void itAnswersDiesComesBackAndStandsStillAsAsked() throws IOException {
    try (EtcdServer etcd = EtcdServer.start()) {
      assertThat(health(etcd)).contains("true");
      int port = etcd.port();

      etcd.kill();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> health(etcd));

      etcd.restart();
      assertThat(etcd.port()).isEqualTo(port);
      assertThat(health(etcd)).contains("true");

      etcd.pause();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> health(etcd));
      etcd.resume();
      assertThat(health(etcd)).contains("true");
    }
  }

  private static String health(EtcdServer etcd) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(etcd.endpoint() + "/health").toURL().openConnection();
    connection.setConnectTimeout(500);
    connection.setReadTimeout(500);
    try (var answer = connection.getInputStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
