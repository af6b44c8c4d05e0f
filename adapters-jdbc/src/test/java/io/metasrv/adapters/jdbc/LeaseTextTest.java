package io.metasrv.adapters.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.domain.Bytes;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The form of a value with a lease. */
final class LeaseTextTest {

  private static final String ADDRESS = "10.0.0.1:3002";

  private static LeaseText parse(String text) {
    return LeaseText.parse(Bytes.utf8(text));
  }

  @Test
  @DisplayName("sheet 02 case 24: rows of the reference on MySQL and PostgreSQL are read")
  void rowsOfTheReferenceAreRead() {
    assertThat(parse(ADDRESS + "||__metadata_lease_sep||2026-11-23 09:34:11.703000"))
        .isEqualTo(new LeaseText(ADDRESS, LocalDateTime.of(2026, 11, 23, 9, 34, 11, 703_000_000)));
    assertThat(parse(ADDRESS + "||__metadata_lease_sep||2026-11-23 09:34:11.703").expiry())
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 9, 34, 11, 703_000_000));
    assertThat(parse(ADDRESS + "||__metadata_lease_sep||2026-11-23 09:34:11").expiry())
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 9, 34, 11));
    assertThat(parse(ADDRESS + "||__metadata_lease_sep||2026-11-23T10:34:11.5+01:00").expiry())
        .isEqualTo(LocalDateTime.of(2026, 11, 23, 9, 34, 11, 500_000_000));
  }

  @Test
  @DisplayName("sheet 02 case 24: two separators are an error, and so is none, or no time")
  void whatIsNoLeaseIsAnError() {
    String separator = "||__metadata_lease_sep||";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("a" + separator + separator + "2026-11-23 09:34:11.703"));
    assertThatIllegalArgumentException().isThrownBy(() -> parse(ADDRESS));
    assertThatIllegalArgumentException().isThrownBy(() -> parse(ADDRESS + separator + "soon"));
  }

  @Test
  void theRecordedRowIsWrittenByteForByte() {
    String recorded = "127.0.0.1:23012||__metadata_lease_sep||2026-11-23 10:57:39.603100";

    assertThat(parse(recorded).toBytes(6)).isEqualTo(Bytes.utf8(recorded));
    assertThat(parse(recorded).toBytes(3).toUtf8()).endsWith(" 10:57:39.603");
  }

  @Test
  void aLeaseIsValidUntilItsExpiryAndNotAtIt() {
    LocalDateTime now = LocalDateTime.of(2026, 11, 23, 23, 59, 58);
    LeaseText lease = LeaseText.from(ADDRESS, now, Duration.ofSeconds(5));

    assertThat(lease.expiry()).isEqualTo(LocalDateTime.of(2026, 11, 24, 0, 0, 3));
    assertThat(lease.isValidAt(lease.expiry().minusNanos(1))).isTrue();
    assertThat(lease.isValidAt(lease.expiry())).isFalse();
  }
}
