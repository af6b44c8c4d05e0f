package io.metasrv.application.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.metasrv.domain.Bytes;

/** Byte strings of protobuf and of the domain. Both are immutable. */
public final class ByteStrings {

  private ByteStrings() {}

  /** The message's form, sharing the content. */
  public static ByteString toWire(Bytes bytes) {
    return bytes.isEmpty()
        ? ByteString.EMPTY
        : UnsafeByteOperations.unsafeWrap(bytes.asReadOnlyBuffer());
  }

  /** The domain's form, a copy, so that a small part does not keep a large message alive. */
  public static Bytes fromWire(ByteString bytes) {
    return bytes.isEmpty() ? Bytes.EMPTY : Bytes.wrap(bytes.toByteArray());
  }
}
