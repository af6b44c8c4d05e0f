package io.metasrv.application.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OptionsCheckTest {

  private static final MetasrvOptions DEFAULTS = MetasrvOptions.defaults();

  @Test
  void theReferencesDefaultsAlwaysStartWithoutAWarning() {
    assertThat(OptionsCheck.errors(DEFAULTS)).isEmpty();
    assertThat(OptionsCheck.warnings(DEFAULTS)).isEmpty();
  }

  @Test
  @DisplayName("sheet 02 case 37: failover on a local WAL needs an explicit word")
  void failoverOnLocalWalIsRefusedUnlessAllowed() {
    MetasrvOptions failover =
        DEFAULTS.withFailover(new FailoverOptions(true, false, Duration.ofMinutes(10)));
    assertThat(OptionsCheck.errors(failover))
        .singleElement()
        .asString()
        .contains("allow_region_failover_on_local_wal");
    assertThat(
            OptionsCheck.errors(
                failover.withFailover(new FailoverOptions(true, true, Duration.ZERO))))
        .isEmpty();
    WalOptions kafka = new WalOptions(WalOptions.Provider.KAFKA, KafkaWalOptions.defaults());
    assertThat(OptionsCheck.errors(failover.withWal(kafka))).isEmpty();
  }

  @Test
  void anIntervalOfNothingBreaksAllLeases() {
    assertThat(OptionsCheck.errors(DEFAULTS.withHeartbeatInterval(Duration.ZERO)))
        .singleElement()
        .asString()
        .startsWith("heartbeat_interval = 0s");
  }

  @Test
  void aLongerIntervalAloneIsUnwiseAndSaysWhy() {
    assertThat(OptionsCheck.warnings(DEFAULTS.withHeartbeatInterval(Duration.ofSeconds(10))))
        .singleElement()
        .asString()
        .contains("acceptable_heartbeat_pause + heartbeat_interval = 20s")
        .contains("3·heartbeat_interval + 1s = 31s");
  }

  @Test
  void aVeryShortIntervalWarnsOfLeaderChanges() {
    assertThat(OptionsCheck.warnings(DEFAULTS.withHeartbeatInterval(Duration.ofSeconds(1))))
        .anySatisfy(
            warning -> assertThat(warning).contains("regions close whenever the leader changes"));
  }

  @Test
  void etcdsRequestsMustHaveRoomForTheLargestValues() {
    StoreOptions store = DEFAULTS.store();
    EtcdOptions tooSmall =
        new EtcdOptions("", Secret.NONE, store.etcd().callTimeout(), ByteSize.kibibytes(1515));
    assertThat(OptionsCheck.errors(DEFAULTS.withStore(store.withEtcd(tooSmall))))
        .singleElement()
        .asString()
        .startsWith("etcd.max_request_bytes = 1515KiB: must be at least 1516KiB")
        .contains("--max-request-bytes");
    StoreOptions elsewhere = store.withEtcd(tooSmall).withBackend(Backend.EMBEDDED_STORE);
    assertThat(OptionsCheck.errors(DEFAULTS.withStore(elsewhere))).isEmpty();
  }

  @Test
  void tlsWithoutACertificateIsRefused() {
    TlsOptions tls = TlsOptions.portDefaults().withMode(TlsMode.REQUIRE);
    assertThat(OptionsCheck.errors(DEFAULTS.withGrpc(DEFAULTS.grpc().withTls(tls))))
        .containsExactly("grpc.tls asks for TLS: set grpc.tls.cert_path and grpc.tls.key_path");
  }

  @Test
  void gcSettingsMatterOnlyWhenGcIsOn() {
    GcOptions broken =
        new GcOptions(
            false,
            0,
            0,
            0,
            Duration.ZERO,
            0,
            -1,
            -1,
            Duration.ZERO,
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    assertThat(OptionsCheck.errors(DEFAULTS.withGc(broken))).isEmpty();
    GcOptions on =
        new GcOptions(
            true,
            0,
            0,
            0,
            Duration.ZERO,
            0,
            -1,
            -1,
            Duration.ZERO,
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    assertThat(OptionsCheck.errors(DEFAULTS.withGc(on))).hasSize(11);
  }
}
