package io.metasrv.nodes.region;

import io.metasrv.nodes.json.JsonText;
import io.metasrv.protocol.v1.Analyzer;
import io.metasrv.protocol.v1.FulltextBackend;
import io.metasrv.protocol.v1.SetFulltext;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetSkipping;
import io.metasrv.protocol.v1.UnsetIndex;
import java.util.List;

/** Setting and unsetting the indexes of columns (sheet 03 §5.4, sheet 06 §8). */
final class IndexAlteration {

  private static final String FULLTEXT = "greptime:fulltext";
  private static final String INVERTED = "greptime:inverted_index";
  private static final String SKIPPING = "greptime:skipping_index";

  private IndexAlteration() {}

  static RegionContent set(RegionContent region, List<SetIndex> changes) {
    RegionContent result = region;
    for (SetIndex change : changes) {
      result =
          switch (change.getOptionsCase()) {
            case FULLTEXT ->
                put(
                    result,
                    change.getFulltext().getColumnName(),
                    FULLTEXT,
                    fulltext(change.getFulltext()));
            case INVERTED -> put(result, change.getInverted().getColumnName(), INVERTED, "true");
            case SKIPPING ->
                put(
                    result,
                    change.getSkipping().getColumnName(),
                    SKIPPING,
                    skipping(change.getSkipping()));
            case OPTIONS_NOT_SET -> throw RegionErrors.invalid("Set index without options");
          };
    }
    return RegionAlteration.published(result);
  }

  static RegionContent unset(RegionContent region, List<UnsetIndex> changes) {
    RegionContent result = region;
    for (UnsetIndex change : changes) {
      result =
          switch (change.getOptionsCase()) {
            case FULLTEXT -> disableFulltext(result, change.getFulltext().getColumnName());
            case INVERTED -> remove(result, change.getInverted().getColumnName(), INVERTED);
            case SKIPPING -> remove(result, change.getSkipping().getColumnName(), SKIPPING);
            case OPTIONS_NOT_SET -> throw RegionErrors.invalid("Unset index without options");
          };
    }
    return RegionAlteration.published(result);
  }

  private static RegionContent put(RegionContent region, String name, String key, String value) {
    return RegionAlteration.withColumn(region, name, column -> column.with(key, value));
  }

  private static RegionContent remove(RegionContent region, String name, String key) {
    return RegionAlteration.withColumn(region, name, column -> column.without(key));
  }

  /** The options stay, marked as not enabled. */
  private static RegionContent disableFulltext(RegionContent region, String name) {
    return RegionAlteration.withColumn(
        region,
        name,
        column -> {
          String options = column.metadata().get(FULLTEXT);
          if (options == null || !options.contains("\"enable\":true")) {
            throw RegionErrors.invalid("FULLTEXT index already disabled on column " + name);
          }
          return column.with(FULLTEXT, options.replace("\"enable\":true", "\"enable\":false"));
        });
  }

  private static String fulltext(SetFulltext options) {
    JsonText json = new JsonText().startObject();
    json.name("enable").bool(options.getEnable());
    json.name("analyzer").string(options.getAnalyzer() == Analyzer.CHINESE ? "Chinese" : "English");
    json.name("case-sensitive").bool(options.getCaseSensitive());
    json.name("backend")
        .string(options.getBackend() == FulltextBackend.TANTIVY ? "tantivy" : "bloom");
    json.name("granularity").unsigned(options.getGranularity());
    json.name("false-positive-rate-in-10000").unsigned(rate(options.getFalsePositiveRate()));
    return json.endObject().toString();
  }

  private static String skipping(SetSkipping options) {
    JsonText json = new JsonText().startObject();
    json.name("granularity").unsigned(options.getGranularity());
    json.name("false-positive-rate-in-10000").unsigned(rate(options.getFalsePositiveRate()));
    json.name("index-type").string("BloomFilter");
    return json.endObject().toString();
  }

  private static long rate(double falsePositives) {
    return (long) (falsePositives * 10_000);
  }
}
