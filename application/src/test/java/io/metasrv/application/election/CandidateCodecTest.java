package io.metasrv.application.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.port.Candidate;
import io.metasrv.domain.Bytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CandidateCodecTest {

  private static final Bytes RECORDED =
      Bytes.hex(
          "7b2261646472223a223132372e302e302e313a3233303032222c2276657273696f6e223a22312e312e34222c"
              + "226769745f636f6d6d6974223a2231366539616265222c2273746172745f74696d655f6d73223a31373935"
              + "3433313135343732332c22746f74616c5f6370755f6d696c6c69636f726573223a323030302c22746f7461"
              + "6c5f6d656d6f72795f6279746573223a32353237363530323031362c226370755f75736167655f6d696c6c"
              + "69636f726573223a302c226d656d6f72795f75736167655f6279746573223a302c22686f73746e616d6522"
              + "3a22766d227d");

  @Test
  void givenARecordOfTheReferenceWhenReadAndWrittenThenItIsTheSameByteForByte() {
    Candidate candidate = CandidateCodec.decode(RECORDED);

    assertThat(candidate)
        .isEqualTo(
            new Candidate(
                "127.0.0.1:23002",
                "1.1.4",
                "16e9abe",
                1795431154723L,
                2000,
                25276502016L,
                0,
                0,
                "vm"));
    assertThat(CandidateCodec.encode(candidate)).isEqualTo(RECORDED);
  }

  @Test
  @DisplayName("sheet 02 case 27: a record without the numbers of resources is readable")
  void givenARecordOfAnOlderVersionThenWhatIsMissingIsZeroOrEmpty() {
    Candidate candidate =
        CandidateCodec.decode(
            Bytes.utf8(
                "{\"addr\":\"a:1\",\"version\":\"0.9\",\"git_commit\":\"c\",\"start_time_ms\":7,\"new\":[1]}"));

    assertThat(candidate).isEqualTo(new Candidate("a:1", "0.9", "c", 7, 0, 0, 0, 0, ""));
  }

  @Test
  void givenARecordWithoutAnAddressThenItCannotBeRead() {
    assertThatThrownBy(() -> CandidateCodec.decode(Bytes.utf8("{\"version\":\"1\"}")))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("addr");
    assertThatThrownBy(() -> CandidateCodec.decode(Bytes.utf8("{\"addr\":")))
        .isInstanceOf(JsonFormatException.class);
  }
}
