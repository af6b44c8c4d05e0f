package io.metasrv.protocol.grpc;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import java.util.List;
import java.util.Optional;

/**
 * The message encodings both sides of the wire know: identity, gzip and zstd (sheet 01 §2).
 * Thread-safe.
 */
public final class MessageEncodings {

  /** The name of messages as they are. */
  public static final String IDENTITY = "identity";

  /** The name of gzip. */
  public static final String GZIP = "gzip";

  /** The name of zstd. */
  public static final String ZSTD = ZstdCodec.NAME;

  /** What this side accepts, as {@code grpc-accept-encoding} says it. */
  public static final String ACCEPTED = "gzip,zstd,identity";

  private static final List<String> NAMES = List.of(IDENTITY, GZIP, ZSTD);

  private static final CompressorRegistry COMPRESSORS = compressorRegistry();

  private static final DecompressorRegistry DECOMPRESSORS =
      DecompressorRegistry.emptyInstance()
          .with(new Codec.Gzip(), true)
          .with(new ZstdCodec(), true)
          .with(Codec.Identity.NONE, false);

  private static final DecompressorRegistry IDENTITY_ONLY =
      DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

  private MessageEncodings() {}

  private static CompressorRegistry compressorRegistry() {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    registry.register(Codec.Identity.NONE);
    registry.register(new Codec.Gzip());
    registry.register(new ZstdCodec());
    return registry;
  }

  /** Encoders for what is sent. Never changed after it was built. */
  public static CompressorRegistry compressors() {
    return COMPRESSORS;
  }

  /** Decoders for what arrives; gzip and zstd are advertised. */
  public static DecompressorRegistry decompressors() {
    return DECOMPRESSORS;
  }

  /** For the calls that neither ask for nor take compression (sheet 01 §12.1). */
  public static DecompressorRegistry identityOnly() {
    return IDENTITY_ONLY;
  }

  /** Whether a message sent in this encoding can be read. */
  public static boolean isKnown(String encoding) {
    return NAMES.contains(encoding);
  }

  /**
   * The encoding to answer in: the first compression of ours that the client names.
   *
   * @param accepted value of {@code grpc-accept-encoding}
   * @return empty if the client takes none of them
   */
  public static Optional<String> answerIn(String accepted) {
    for (String name : accepted.split(",", -1)) {
      String trimmed = name.trim();
      if (trimmed.equals(GZIP) || trimmed.equals(ZSTD)) {
        return Optional.of(trimmed);
      }
    }
    return Optional.empty();
  }
}
