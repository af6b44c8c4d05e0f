package io.metasrv.application.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DsnRedactionTest {

  /** Characters that break naive patterns: separators, quotes, escapes, spaces, other scripts. */
  private static final String AWKWARD = "abZ09:/?#@&=%'\"\\ ;,[]+.~!$()*<>{}|^`éß日\t";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "127.0.0.1:2379|127.0.0.1:2379",
        "http://etcd-0:2379|http://etcd-0:2379",
        "mysql://root:greptime@127.0.0.1:3306/db|mysql://root:******@127.0.0.1:3306/db",
        "mysql://root@127.0.0.1:3306/db|mysql://root@127.0.0.1:3306/db",
        "postgres://u:p@h1:5432,h2:5433/db?sslmode=require|postgres://u:******@h1:5432,h2:5433/db?sslmode=require",
        "postgres://u@[::1]:5432/db?password=x&user=y|postgres://u@[::1]:5432/db?password=******&user=y",
        "postgres://h/db?p%61ssword=x|postgres://h/db?p%61ssword=******",
        "jdbc:mysql://u:p@h/db|jdbc:mysql://u:******@h/db",
        "host=h password=geheim user=u|host=h password=****** user=u",
        "host=h password = 'a b\\'c' user=u|host=h password=****** user=u",
        "mysql://root:p/w@host:3306/db|******",
        "mysql://root:p?w@host/db|******",
        "mysql://root:p#w|******",
        "mysql://root:secret|******",
        "root:secret@host|******",
        "host=h password='unclosed|******",
      })
  void onlySecretsAreHidden(String address, String shown) {
    assertThat(DsnRedaction.redact(address)).isEqualTo(shown);
  }

  @Test
  void noFormOfAddressLeaksAnyPasswordHoweverAwkward() {
    List<UnaryOperator<String>> forms =
        List.of(
            secret -> "mysql://root:" + secret + "@host:3306/db",
            secret -> "mysql://root:" + encoded(secret) + "@host:3306/db?x=1",
            secret -> "postgresql://root:" + secret + "@h1:1,h2:2/db?sslmode=require",
            secret -> "postgres://h/db?user=me&password=" + encoded(secret) + "&x=1",
            secret -> "host=h password=" + quoted(secret) + " user=me",
            secret -> "password=" + escaped(secret),
            secret -> "jdbc:postgresql://u:" + secret + "@h/db",
            secret -> "root:" + secret + "@host");
    SplittableRandom random = new SplittableRandom(20261123);
    for (int i = 0; i < 20_000; i++) {
      String secret = secret(random);
      for (UnaryOperator<String> form : forms) {
        String address = form.apply(secret);
        String shown = DsnRedaction.redact(address);
        assertThat(shown)
            .as(address)
            .doesNotContain(secret)
            .doesNotContain("Q7xQ")
            .doesNotContain("W3zW");
      }
    }
  }

  /** Recognisable at both ends, so that a leak of a part is noticed as well. */
  private static String secret(SplittableRandom random) {
    StringBuilder secret = new StringBuilder("Q7xQ");
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      secret.append(AWKWARD.charAt(random.nextInt(AWKWARD.length())));
    }
    return secret.append("W3zW").toString();
  }

  private static String encoded(String secret) {
    return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String quoted(String secret) {
    return "'" + secret.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String escaped(String secret) {
    return secret.replaceAll("([\\\\' \t])", "\\\\$1");
  }
}
