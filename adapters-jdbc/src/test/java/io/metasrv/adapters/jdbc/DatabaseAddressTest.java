package io.metasrv.adapters.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of databases, well formed and not. */
final class DatabaseAddressTest {

  private static DatabaseAddress parse(String url) {
    return DatabaseAddress.parseUrl(url, List.of("mysql"), 3306);
  }

  @Test
  void everyPartOfAnAddressIsFound() {
    DatabaseAddress address =
        parse(
            "mysql://r%40ot:p%40ss%3A%2Fw%25r%23d%3F+x@db.example:3307/m%20eta?ssl-mode=REQUIRED&a=b");

    assertThat(address.user()).isEqualTo("r@ot");
    assertThat(address.password().value()).isEqualTo("p@ss:/w%r#d?+x");
    assertThat(address.endpoint()).isEqualTo("db.example:3307/m eta");
    assertThat(address.parameters()).containsEntry("ssl-mode", "REQUIRED").containsEntry("a", "b");
    assertThat(address.toString()).doesNotContain("p@ss");
  }

  @Test
  void whatIsLeftOutHasADefault() {
    assertThat(parse("mysql://h/db").endpoint()).isEqualTo("h:3306/db");
    assertThat(parse("mysql://u@h").user()).isEqualTo("u");
    assertThat(parse("mysql://u@h").password().isEmpty()).isTrue();
    assertThat(parse("mysql://u:p@[::1]:33/db").endpoint()).isEqualTo("[::1]:33/db");
    assertThat(parse("mysql://u:p@[::1]/db").host()).isEqualTo("::1");
    assertThat(parse("mysql://u:a:b@h/db").password().value()).isEqualTo("a:b");
  }

  @ParameterizedTest
  @CsvSource({
    "100%, 100%",
    "%4, %4",
    "%zz%41%, %zzA%",
    "a b, a b",
    "ü, ü",
    "%C3%BC, ü",
    "a@b, a@b",
    "a+b%2B, a+b+"
  })
  void whatNeedsNoEscapingMayStandAsItIs(String written, String password) {
    assertThat(parse("mysql://u:" + written + "@h/db").password().value()).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "geheim",
        "geheim@h/db",
        "postgres://u:geheim@h/db",
        "mysql://u:geheim/x@h/db",
        "mysql://u:geheim?x@h/db",
        "mysql://u:geheim#x@h/db",
        "mysql://u:x@geheim:geheim/db",
        "mysql://u:geheim@:99999/db",
        "mysql://u:geheim@h:-1/db",
      })
  void anAddressThatCannotBeReadIsRefusedWithoutBeingRepeated(String url) {
    Throwable refused = catchThrowable(() -> parse(url));

    for (Throwable at = refused; at != null; at = at.getCause()) {
      assertThat(at).isInstanceOf(IllegalArgumentException.class);
      assertThat(at.toString()).contains("store_addrs").doesNotContain("geheim");
    }
    assertThat(refused).isNotNull();
  }
}
