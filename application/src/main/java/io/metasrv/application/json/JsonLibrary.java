package io.metasrv.application.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** The one configuration of the JSON library. */
final class JsonLibrary {

  /** serde_json gives up at the same depth. */
  private static final int MAX_DEPTH = 128;

  /** Above the largest value any store takes (16 MiB), so that the store's limit decides. */
  private static final int MAX_TEXT_LENGTH = 64 * 1024 * 1024;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT_LENGTH)
                  .build())
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private JsonLibrary() {}
}
