package io.metasrv.application.ddl.alter;

import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.table.alter.IndexOptions;
import io.metasrv.domain.table.alter.TableAlteration;
import io.metasrv.protocol.v1.Analyzer;
import io.metasrv.protocol.v1.FulltextBackend;
import io.metasrv.protocol.v1.SetFulltext;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetSkipping;
import io.metasrv.protocol.v1.SkippingIndexType;
import io.metasrv.protocol.v1.UnsetIndex;
import java.util.List;

/** Indexes of columns, as the wire has them (sheet 06 §10.1). */
final class IndexExpressions {

  private static final long MAX_GRANULARITY = 0xffff_ffffL;

  private IndexExpressions() {}

  static TableAlteration set(List<SetIndex> indexes) {
    return new TableAlteration.SetIndexes(indexes.stream().map(IndexExpressions::set).toList());
  }

  private static TableAlteration.SetIndex set(SetIndex index) {
    return switch (index.getOptionsCase()) {
      case FULLTEXT ->
          new TableAlteration.SetIndex(
              index.getFulltext().getColumnName(), fulltext(index.getFulltext()));
      case INVERTED ->
          new TableAlteration.SetIndex(
              index.getInverted().getColumnName(), new IndexOptions.Inverted());
      case SKIPPING ->
          new TableAlteration.SetIndex(
              index.getSkipping().getColumnName(), skipping(index.getSkipping()));
      case OPTIONS_NOT_SET -> throw missingOptions();
    };
  }

  static TableAlteration unset(List<UnsetIndex> indexes) {
    return new TableAlteration.UnsetIndexes(indexes.stream().map(IndexExpressions::unset).toList());
  }

  private static TableAlteration.UnsetIndex unset(UnsetIndex index) {
    return switch (index.getOptionsCase()) {
      case FULLTEXT ->
          new TableAlteration.UnsetIndex(
              index.getFulltext().getColumnName(), IndexOptions.Kind.FULLTEXT);
      case INVERTED ->
          new TableAlteration.UnsetIndex(
              index.getInverted().getColumnName(), IndexOptions.Kind.INVERTED);
      case SKIPPING ->
          new TableAlteration.UnsetIndex(
              index.getSkipping().getColumnName(), IndexOptions.Kind.SKIPPING);
      case OPTIONS_NOT_SET -> throw missingOptions();
    };
  }

  private static ServiceException missingOptions() {
    return ServiceException.invalidArguments("Missing required field: options of an index");
  }

  private static IndexOptions.Fulltext fulltext(SetFulltext request) {
    return new IndexOptions.Fulltext(
        request.getEnable(),
        analyzer(request.getAnalyzer()),
        request.getCaseSensitive(),
        backend(request.getBackend()),
        granularity(request.getGranularity()),
        falsePositives(request.getFalsePositiveRate()));
  }

  private static IndexOptions.Analyzer analyzer(Analyzer analyzer) {
    return switch (analyzer) {
      case ENGLISH -> IndexOptions.Analyzer.ENGLISH;
      case CHINESE -> IndexOptions.Analyzer.CHINESE;
      case UNRECOGNIZED -> throw ServiceException.invalidArguments("Unknown fulltext analyzer");
    };
  }

  private static IndexOptions.Backend backend(FulltextBackend backend) {
    return switch (backend) {
      case BLOOM -> IndexOptions.Backend.BLOOM;
      case TANTIVY -> IndexOptions.Backend.TANTIVY;
      case UNRECOGNIZED -> throw ServiceException.invalidArguments("Unknown fulltext backend");
    };
  }

  private static IndexOptions.Skipping skipping(SetSkipping request) {
    if (request.getSkippingIndexType() == SkippingIndexType.UNRECOGNIZED) {
      throw ServiceException.invalidArguments("Unknown skipping index type");
    }
    return new IndexOptions.Skipping(
        granularity(request.getGranularity()), falsePositives(request.getFalsePositiveRate()));
  }

  private static long granularity(long given) {
    if (given <= 0 || given > MAX_GRANULARITY) {
      throw ServiceException.invalidArguments(
          "Invalid granularity of an index: %s; expected 1..%d"
              .formatted(Long.toUnsignedString(given), MAX_GRANULARITY));
    }
    return given;
  }

  private static long falsePositives(double rate) {
    if (!(rate > 0 && rate <= 1)) {
      throw ServiceException.invalidArguments(
          "Invalid false positive rate of an index: %s; expected above 0, at most 1"
              .formatted(rate));
    }
    return (long) (rate * IndexOptions.WHOLE_RATE);
  }
}
