package io.metasrv.application.options;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.metasrv.domain.Bytes;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The forms of private keys that operators have lying about. */
final class PemPrivateKeyTest {

  /** What precedes the PKCS #1 key in the PKCS #8 form of an RSA key of 2048 bits. */
  private static final int RSA_WRAPPING = 26;

  private static PrivateKey parse(String type, byte[] der) {
    return PemPrivateKey.parse(pem(type, der).getBytes(US_ASCII), "/etc/ours.key");
  }

  @Test
  void rsaAndEllipticCurveKeysAreReadAsPkcs8() throws Exception {
    PrivateKey rsa = rsa(2048);
    PrivateKey curve = curve();

    assertThat(parse("PRIVATE KEY", rsa.getEncoded())).isEqualTo(rsa);
    assertThat(parse("PRIVATE KEY", curve.getEncoded())).isEqualTo(curve);
  }

  @Test
  void anRsaKeyIsReadAsPkcs1() throws Exception {
    PrivateKey key = rsa(2048);
    byte[] pkcs8 = key.getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, RSA_WRAPPING, pkcs8.length);

    assertThat(parse("RSA PRIVATE KEY", pkcs1)).isEqualTo(key);
  }

  @Test
  void anEllipticCurveKeyIsReadAsSec1() throws Exception {
    PrivateKey key = curve();
    byte[] pkcs8 = key.getEncoded();
    byte[] secret = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
    Bytes sec1 =
        Bytes.hex("30310201010420")
            .concat(Bytes.wrap(secret))
            .concat(Bytes.hex("a00a06082a8648ce3d030107"));

    PrivateKey read = parse("EC PRIVATE KEY", sec1.toByteArray());
    assertThat(((ECPrivateKey) read).getS()).isEqualTo(((ECPrivateKey) key).getS());
    assertThat(((ECPrivateKey) read).getParams()).isEqualTo(((ECPrivateKey) key).getParams());
  }

  @Test
  void whatIsNoKeyIsRefusedWithTheFileAndTheOption() {
    for (String text :
        new String[] {
          "",
          "garbage",
          pem("PRIVATE KEY", new byte[] {1, 2, 3}),
          pem("EC PRIVATE KEY", new byte[] {0x30, 1}),
          pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3})
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PemPrivateKey.parse(text.getBytes(US_ASCII), "/etc/ours.key"))
          .withMessageContaining("/etc/ours.key")
          .withMessageContaining("backend_tls.key_path");
    }
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
  }

  private static PrivateKey rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair().getPrivate();
  }

  private static PrivateKey curve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair().getPrivate();
  }
}
