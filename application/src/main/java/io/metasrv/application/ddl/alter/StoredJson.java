package io.metasrv.application.ddl.alter;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.alter.IndexOptions;
import io.metasrv.domain.table.alter.IndexOptions.Analyzer;
import io.metasrv.domain.table.alter.IndexOptions.Backend;
import io.metasrv.domain.table.alter.StoredTexts;
import io.metasrv.domain.table.value.Value;

/** Constant defaults and index options as JSON (sheet 03 §5.4, §5.6). */
public final class StoredJson implements StoredTexts {

  /** The only one. */
  public static final StoredJson TEXTS = new StoredJson();

  private static final String ENABLE = "enable";
  private static final String ANALYZER = "analyzer";
  private static final String CASE_SENSITIVE = "case-sensitive";
  private static final String BACKEND = "backend";
  private static final String GRANULARITY = "granularity";
  private static final String FALSE_POSITIVES = "false-positive-rate-in-10000";
  private static final int DEFAULT_GRANULARITY = 10_240;
  private static final int DEFAULT_FALSE_POSITIVES = 100;

  private StoredJson() {}

  @Override
  public Value value(String json) {
    return ColumnValues.read(JsonReader.read(json));
  }

  @Override
  public String json(Value value) {
    return JsonWriter.text(out -> ColumnValues.write(out, value));
  }

  @Override
  public IndexOptions.Fulltext fulltext(String json) {
    try {
      JsonValue.Object object = JsonReader.read(json).asObject();
      return new IndexOptions.Fulltext(
          object.require(ENABLE).asBool(),
          analyzer(object.textOr(ANALYZER, Analyzer.ENGLISH.text())),
          object.boolOr(CASE_SENSITIVE, false),
          backend(object.textOr(BACKEND, Backend.BLOOM.text())),
          object.unsignedOr(GRANULARITY, DEFAULT_GRANULARITY),
          object.unsignedOr(FALSE_POSITIVES, DEFAULT_FALSE_POSITIVES));
    } catch (JsonFormatException e) {
      throw ServiceException.invalidArguments(
          "Options of a FULLTEXT index cannot be read: %s: %s".formatted(json, e.getMessage()));
    }
  }

  private static Analyzer analyzer(String text) {
    for (Analyzer analyzer : Analyzer.values()) {
      if (analyzer.text().equals(text)) {
        return analyzer;
      }
    }
    throw new JsonFormatException("unknown analyzer `" + text + "`");
  }

  private static Backend backend(String text) {
    for (Backend backend : Backend.values()) {
      if (backend.text().equals(text)) {
        return backend;
      }
    }
    throw new JsonFormatException("unknown backend `" + text + "`");
  }

  @Override
  public String text(IndexOptions options) {
    return switch (options) {
      case IndexOptions.Inverted ignored -> "true";
      case IndexOptions.Fulltext fulltext ->
          new JsonWriter()
              .beginObject()
              .member(ENABLE, fulltext.enable())
              .member(ANALYZER, fulltext.analyzer().text())
              .member(CASE_SENSITIVE, fulltext.caseSensitive())
              .member(BACKEND, fulltext.backend().text())
              .member(GRANULARITY, fulltext.granularity())
              .member(FALSE_POSITIVES, fulltext.falsePositives())
              .endObject()
              .toText();
      case IndexOptions.Skipping(long granularity, long falsePositives) ->
          new JsonWriter()
              .beginObject()
              .member(GRANULARITY, granularity)
              .member(FALSE_POSITIVES, falsePositives)
              .member("index-type", "BloomFilter")
              .endObject()
              .toText();
    };
  }
}
