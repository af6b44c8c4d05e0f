package io.metasrv.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageEncodingsTest {

  @ParameterizedTest
  @CsvSource({
    "'gzip,zstd,identity', gzip",
    "'zstd, gzip', zstd",
    "'deflate,zstd', zstd",
    "'identity', ''",
    "'', ''",
    "'snappy', ''"
  })
  void givenWhatAClientAccepts_thenTheFirstCompressionOfOursIsTheAnswers(
      String accepted, String expected) {
    assertThat(MessageEncodings.answerIn(accepted).orElse("")).isEqualTo(expected);
  }

  @Test
  void givenTheRegistries_thenGzipAndZstdAreKnownAndAdvertised() {
    assertThat(MessageEncodings.decompressors().getAdvertisedMessageEncodings())
        .containsExactlyInAnyOrder("gzip", "zstd");
    assertThat(MessageEncodings.compressors().lookupCompressor("zstd")).isNotNull();
    assertThat(MessageEncodings.compressors().lookupCompressor("gzip")).isNotNull();
    assertThat(MessageEncodings.decompressors().lookupDecompressor("snappy")).isNull();
    assertThat(MessageEncodings.identityOnly().getAdvertisedMessageEncodings()).isEmpty();
  }

  @Test
  void givenTheDefaults_thenTheyAreTheReferences() {
    assertThat(WireDefaults.MAX_MESSAGE_BYTES).isEqualTo(536_870_912);
    assertThat(ChannelSettings.defaults())
        .returns(Duration.ofSeconds(30), ChannelSettings::keepAliveInterval)
        .returns(Duration.ofSeconds(1), ChannelSettings::connectTimeout)
        .returns("zstd", ChannelSettings::requestEncoding)
        .returns(536_870_912, ChannelSettings::maxMessageBytes);
    assertThat(ChannelSettings.heartbeat())
        .returns(Duration.ofSeconds(15), ChannelSettings::keepAliveInterval)
        .returns(Duration.ofSeconds(5), ChannelSettings::keepAliveTimeout);
    assertThat(ChannelSettings.uncompressed())
        .returns("identity", ChannelSettings::requestEncoding)
        .returns(false, ChannelSettings::acceptCompressed);
    assertThat(ServerSettings.defaults())
        .isEqualTo(new ServerSettings(536_870_912, Duration.ofSeconds(10), Duration.ofSeconds(3)));
  }

  @Test
  void givenAnEncodingNobodyKnows_thenTheSettingsRefuseIt() {
    assertThatThrownBy(() -> ChannelSettings.defaults().withEncoding("snappy", true))
        .hasMessageContaining("snappy")
        .hasMessageContaining("gzip,zstd,identity");
  }
}
