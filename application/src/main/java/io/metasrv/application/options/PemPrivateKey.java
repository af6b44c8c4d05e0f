package io.metasrv.application.options;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an unencrypted private key in the three PEM forms that the reference takes: PKCS #8, PKCS
 * #1 (RSA) and SEC 1 (elliptic curves). The JDK reads the first only, so the other two are wrapped
 * into it (RFC 5208, RFC 5915). Shared by the adapters that take {@code backend_tls.key_path}.
 */
public final class PemPrivateKey {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]+)-----END \\1-----");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int CURVE_PARAMETERS = 0xa0;
  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PemPrivateKey() {}

  /**
   * Reads the first private key of a file's content.
   *
   * @param path for errors
   * @throws IllegalArgumentException if there is no key, or none that can be read
   */
  public static PrivateKey parse(byte[] pem, String path) {
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new IllegalArgumentException(
          "backend_tls.key_path: '%s' holds no PEM private key".formatted(path));
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      return switch (block.group(1)) {
        case "PRIVATE KEY" -> pkcs8(der);
        case "RSA PRIVATE KEY" -> key("RSA", wrapped(RSA_ENCRYPTION, der));
        case "EC PRIVATE KEY" -> key("EC", wrapped(concat(EC_PUBLIC_KEY, curveOf(der)), der));
        default -> throw new GeneralSecurityException("a key with a passphrase is not supported");
      };
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          "backend_tls.key_path: '%s' holds no readable private key: %s"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException("no algorithm fits");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return key(algorithm, der);
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** PrivateKeyInfo: version, algorithm, and the key's own form as an octet string. */
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(
        SEQUENCE,
        concat(concat(VERSION_0, element(SEQUENCE, algorithm)), element(OCTET_STRING, key)));
  }

  /** The curve's object identifier: the content of the element tagged [0] of an ECPrivateKey. */
  private static byte[] curveOf(byte[] ecPrivateKey) throws GeneralSecurityException {
    int at = contentStart(ecPrivateKey, 0);
    while (at < ecPrivateKey.length) {
      int start = contentStart(ecPrivateKey, at);
      int length = length(ecPrivateKey, at + 1);
      if ((ecPrivateKey[at] & 0xff) == CURVE_PARAMETERS) {
        return Arrays.copyOfRange(ecPrivateKey, start, start + length);
      }
      at = start + length;
    }
    throw new GeneralSecurityException("the key does not name its curve");
  }

  private static int contentStart(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 1; i <= (first & 0x7f); i++) {
      length = (length << 8) | (der[at + i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      // Two length bytes are enough: no private key has 64 KiB.
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
