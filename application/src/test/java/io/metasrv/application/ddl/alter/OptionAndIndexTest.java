package io.metasrv.application.ddl.alter;

import static io.metasrv.application.ddl.alter.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.table.ColumnMetadataKeys;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.protocol.v1.AlterTableExpr;
import io.metasrv.protocol.v1.Analyzer;
import io.metasrv.protocol.v1.FulltextBackend;
import io.metasrv.protocol.v1.SetFulltext;
import io.metasrv.protocol.v1.SetIndex;
import io.metasrv.protocol.v1.SetSkipping;
import io.metasrv.protocol.v1.UnsetFulltext;
import io.metasrv.protocol.v1.UnsetIndex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Options of tables and indexes of columns (sheet 06 §10.1). */
class OptionAndIndexTest {

  @Test
  void case18_setTtlIsPrintedAsHumantime() {
    TableInfo altered = Tables.alter(Tables.plain(), Requests.set("ttl", "1d"));

    assertThat(altered.meta().options().ttl().orElseThrow().text()).isEqualTo("1day");
    assertThat(altered.meta().options().toRegionOptions()).isEqualTo(Map.of("ttl", "1day"));
    assertThat(altered.meta().schema().version()).isZero();
    assertThat(altered.ident().version()).isEqualTo(1);
    assertThat(
            Tables.alter(Tables.plain(), Requests.set("ttl", "FOREVER"))
                .meta()
                .options()
                .ttl()
                .orElseThrow()
                .text())
        .isEqualTo("forever");
  }

  @Test
  void case19_appendModeRemovesMergeMode() {
    TableInfo info = Tables.withOptions(Tables.plain(), Map.of("merge_mode", "last_row"));

    assertThat(
            Tables.alter(info, Requests.set("append_mode", "true")).meta().options().extraOptions())
        .isEqualTo(Map.of("append_mode", "true"));
    assertThat(
            Tables.alter(info, Requests.set("append_mode", "false"))
                .meta()
                .options()
                .extraOptions())
        .isEqualTo(Map.of("append_mode", "false", "merge_mode", "last_row"));
  }

  @Test
  void whenOptionsOfCompactionAreSetThenTheTypeComesAlong() {
    String key = "compaction.twcs.time_window";
    TableInfo altered = Tables.alter(Tables.plain(), Requests.set(key, "2h"));

    assertThat(altered.meta().options().extraOptions())
        .isEqualTo(Map.of(key, "2h", "compaction.type", "twcs"));
    assertThat(
            Tables.alter(altered, Requests.unset("COMPACTION.twcs.time_window"))
                .meta()
                .options()
                .extraOptions())
        .isEqualTo(Map.of("compaction.type", "twcs"));
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.set("comment", "x")),
        StatusCode.INVALID_ARGUMENTS,
        "Invalid set region option request, key: comment, value: x");
    assertRefused(
        () -> Tables.alter(Tables.plain(), Requests.unset("append_mode")),
        StatusCode.INVALID_ARGUMENTS,
        "append_mode");
  }

  @Test
  void case20_fulltextKeepsItsAnalyzer() {
    TableInfo info = Tables.with("msg", DataType.string());
    TableInfo set = Tables.alter(info, Requests.index(fulltext("msg", Analyzer.ENGLISH)));
    assertThat(metadata(set, "msg").get(ColumnMetadataKeys.FULLTEXT))
        .isEqualTo(
            "{\"enable\":true,\"analyzer\":\"English\",\"case-sensitive\":false,"
                + "\"backend\":\"bloom\",\"granularity\":10240,"
                + "\"false-positive-rate-in-10000\":100}");
    assertThat(set.meta().schema().version()).isEqualTo(1);

    assertRefused(
        () -> Tables.alter(set, Requests.index(fulltext("msg", Analyzer.CHINESE))),
        StatusCode.INVALID_ARGUMENTS,
        "analyzer");
    assertRefused(
        () -> Tables.alter(set, Requests.index(fulltext("ts", Analyzer.ENGLISH))),
        StatusCode.INVALID_ARGUMENTS,
        "string");

    TableInfo unset = Tables.alter(set, unsetFulltext());
    assertThat(metadata(unset, "msg").get(ColumnMetadataKeys.FULLTEXT))
        .startsWith("{\"enable\":false,\"analyzer\":\"English\"");
    assertRefused(
        () -> Tables.alter(unset, unsetFulltext()),
        StatusCode.INVALID_ARGUMENTS,
        "FULLTEXT index already disabled");
  }

  @Test
  void whenASkippingIndexIsSetThenItsRateIsCutToTenThousandths() {
    SetSkipping.Builder skipping =
        SetSkipping.newBuilder()
            .setColumnName("v")
            .setEnable(true)
            .setGranularity(1024)
            .setFalsePositiveRate(0.01239);
    TableInfo altered =
        Tables.alter(Tables.plain(), Requests.index(SetIndex.newBuilder().setSkipping(skipping)));

    assertThat(metadata(altered, "v").get(ColumnMetadataKeys.SKIPPING_INDEX))
        .isEqualTo(
            "{\"granularity\":1024,\"false-positive-rate-in-10000\":123,"
                + "\"index-type\":\"BloomFilter\"}");
    for (SetSkipping wrong :
        List.of(
            skipping.clone().setGranularity(0).build(),
            skipping.clone().setFalsePositiveRate(0).build(),
            skipping.clone().setFalsePositiveRate(1.01).build())) {
      assertRefused(
          () ->
              Tables.alter(
                  Tables.plain(), Requests.index(SetIndex.newBuilder().setSkipping(wrong))),
          StatusCode.INVALID_ARGUMENTS,
          "Invalid");
    }
  }

  private static Map<String, String> metadata(TableInfo info, String column) {
    return info.meta().schema().column(column).orElseThrow().metadata();
  }

  private static SetIndex.Builder fulltext(String column, Analyzer analyzer) {
    return SetIndex.newBuilder()
        .setFulltext(
            SetFulltext.newBuilder()
                .setColumnName(column)
                .setEnable(true)
                .setAnalyzer(analyzer)
                .setBackend(FulltextBackend.BLOOM)
                .setGranularity(10240)
                .setFalsePositiveRate(0.01));
  }

  private static AlterTableExpr unsetFulltext() {
    return Requests.table()
        .setUnsetIndex(
            UnsetIndex.newBuilder().setFulltext(UnsetFulltext.newBuilder().setColumnName("msg")))
        .build();
  }
}
