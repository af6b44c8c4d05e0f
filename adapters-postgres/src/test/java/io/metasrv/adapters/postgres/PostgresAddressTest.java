package io.metasrv.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metasrv.adapters.jdbc.DatabaseAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of libpq's addresses. */
final class PostgresAddressTest {

  @Test
  void keywordsWithQuotesAndBackslashesAreRead() {
    DatabaseAddress address =
        PostgresAddress.parse(
            "host=db port=5433 user=root password='p@ss: \\'w\\\\r"
                + "d' dbname = meta sslmode=require");

    assertThat(address.endpoint()).isEqualTo("db:5433/meta");
    assertThat(address.user()).isEqualTo("root");
    assertThat(address.password().value()).isEqualTo("p@ss: 'w\\rd");
    assertThat(address.parameters())
        .containsEntry("sslmode", "require")
        .doesNotContainKey("password");
  }

  @Test
  void aPasswordAmongTheKeywordsMayLookLikeAnAddress() {
    DatabaseAddress address =
        PostgresAddress.parse("host=h user=u password='mysql://x:y@z/db?password=p'");

    assertThat(address.endpoint()).isEqualTo("h:5432/u");
    assertThat(address.password().value()).isEqualTo("mysql://x:y@z/db?password=p");
  }

  @Test
  void aUrlIsReadWithThePasswordInEitherPlace() {
    assertThat(PostgresAddress.parse("postgresql://u:p%40@h:1/d").password().value())
        .isEqualTo("p@");
    DatabaseAddress inParameters = PostgresAddress.parse("postgres://h/d?user=u&password=p%40");
    assertThat(inParameters.password().value()).isEqualTo("p@");
    assertThat(inParameters.user()).isEqualTo("u");
    assertThat(inParameters.parameters()).doesNotContainKey("password");
  }

  @Test
  void theDatabaseIsNamedAfterTheUserWhereNothingElseIsSaid() {
    assertThat(PostgresAddress.parse("host=h user=me").endpoint()).isEqualTo("h:5432/me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "geheim",
        "host=h password='geheim",
        "host=h password=geheim'",
        "host=h port=geheim",
        "mysql://u:geheim@h/d",
        "postgresql://u:geheim/@h/d",
      })
  void anAddressThatCannotBeReadIsRefusedWithoutBeingRepeated(String address) {
    Throwable refused = catchThrowable(() -> PostgresAddress.parse(address));

    assertThat(refused)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("store_addrs");
    assertThat(String.valueOf(refused.getMessage())).doesNotContain("geheim");
  }
}
