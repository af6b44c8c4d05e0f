package io.metasrv.application.ddl.json;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.metasrv.application.json.JsonFormatException;
import java.util.Base64;

/** Protobuf messages as JSON strings: standard base64 without padding, which readers refuse. */
public final class ProtoText {

  private ProtoText() {}

  /** The text of the message. */
  public static String encode(MessageLite message) {
    return Base64.getEncoder().withoutPadding().encodeToString(message.toByteArray());
  }

  /**
   * The message of the text; padding is fine.
   *
   * @throws JsonFormatException if the text is none
   */
  public static <T extends MessageLite> T decode(String text, Parser<T> parser) {
    try {
      return parser.parseFrom(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException noBase64) {
      throw new JsonFormatException("expected base64 of a protobuf message", noBase64);
    } catch (InvalidProtocolBufferException noMessage) {
      throw new JsonFormatException("base64 holds no message of the kind expected", noMessage);
    }
  }
}
