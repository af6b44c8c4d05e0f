package io.metasrv.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StoredKeysTest {

  private static final TableId TABLE = new TableId(1024);
  private static final long LARGE = -1L;

  @Test
  void givenKeysThenTheyPrintAsInTheSheetAndReadBack() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("__catalog_name/greptime", new CatalogNameKey("greptime"));
    keys.put("__schema_name/greptime/public", new SchemaNameKey("greptime", "public"));
    keys.put("__table_name/greptime/public/m.1@#", new TableNameKey("greptime", "public", "m.1@#"));
    keys.put("__table_info/1024", new TableInfoKey(TABLE));
    keys.put("__table_route/1024", new TableRouteKey(TABLE));
    keys.put("__table_repart/1024", new TableRepartKey(TABLE));
    keys.put("__dn_table/18446744073709551615/1024", new DatanodeTableKey(LARGE, TABLE));
    keys.put("__view_info/1026", new ViewInfoKey(new TableId(1026)));
    keys.put("__node_address/2/7", NodeAddressKey.of(NodeRole.FLOWNODE, 7));
    keys.put("__topic_name/kafka/a b", new TopicNameKey("a b"));
    keys.put(
        "__topic_region/0topic/4398046511104",
        new TopicRegionKey("0topic", new RegionId(4398046511104L)));
    keys.put("__flow/info/1024", new FlowInfoKey(1024));
    keys.put("__flow/name/greptime/f1", new FlowNameKey("greptime", "f1"));
    keys.put("__flow/route/1024/0", new FlowRouteKey(1024, 0));
    keys.put("__flow/flownode/7/1024/0", new FlownodeFlowKey(7, 1024, 0));
    keys.put("__flow/source_table/1024/7/1024/0", new TableFlowKey(TABLE, 7, 1024, 0));
    keys.put("__tombstone/__table_info/1024", new TombstoneKey(new TableInfoKey(TABLE).toBytes()));

    keys.forEach(
        (text, key) -> {
          assertThat(print(key)).isEqualTo(text);
          assertThat(parse(key, Bytes.utf8(text))).isEqualTo(key);
        });
  }

  @Test
  void givenAPrefixThenItBeginsTheKeysOfItsScopeOnly() {
    assertThat(DatanodeTableKey.prefixOf(1).toUtf8()).isEqualTo("__dn_table/1/");
    assertThat(new DatanodeTableKey(10, TABLE).toBytes().startsWith(DatanodeTableKey.prefixOf(1)))
        .isFalse();
    assertThat(TableNameKey.prefixOf("greptime", "public").toUtf8())
        .isEqualTo("__table_name/greptime/public/");
    assertThat(TableFlowKey.prefixOf(TABLE).toUtf8()).isEqualTo("__flow/source_table/1024/");
    assertThat(TombstoneKey.prefixOf(TableNameKey.PREFIX).toUtf8())
        .isEqualTo("__tombstone/__table_name/");
  }

  @Test
  void case04_givenBrokenKeysThenInvalidMetadataOrMismatchPrefix() {
    List<Function<Bytes, Object>> readers =
        List.of(TableInfoKey::parse, TableRouteKey::parse, DatanodeTableKey::parse);
    List<Bytes> keys =
        List.of(
            Bytes.utf8("__table_info/"),
            Bytes.utf8("__table_info/x"),
            Bytes.utf8("__table_route/4294967296"),
            Bytes.utf8("__dn_table/1"),
            Bytes.utf8("__dn_table/a/1"),
            Bytes.utf8("__dn_table/18446744073709551616/1"),
            Bytes.of(0xff, 0xfe),
            Bytes.utf8("__table_info/").concat(Bytes.of(0xff)));
    for (Function<Bytes, Object> reader : readers) {
      for (Bytes key : keys) {
        assertError(() -> reader.apply(key), StatusCode.UNEXPECTED, "Invalid metadata, err: ");
      }
    }
    assertError(
        () -> FlowInfoKey.parse(Bytes.utf8("__flowx/info/1")),
        StatusCode.INVALID_ARGUMENTS,
        "Invalid prefix: __flow/, key: __flowx/info/1");
    assertError(
        () -> FlowInfoKey.parse(Bytes.utf8("__flow/info/x")),
        StatusCode.UNEXPECTED,
        "Invalid metadata, err: ");
    assertError(
        () -> ViewInfoKey.parse(Bytes.utf8("__view_info/x")),
        StatusCode.INVALID_ARGUMENTS,
        "Invalid view info, err: ");
    assertError(
        () -> TableNameKey.parse(Bytes.utf8("__table_name/greptime/public/my table")),
        StatusCode.UNEXPECTED,
        "Invalid metadata, err: ");
    assertError(
        () -> TombstoneKey.parse(Bytes.utf8("__tombstones/x")),
        StatusCode.UNEXPECTED,
        "Invalid metadata, err: ");
  }

  @Test
  void case05_givenAnOldFlowNameThenItIsRead() {
    assertThat(FlowNameKey.parse(Bytes.utf8("__flow/name/greptime/my flow!")))
        .isEqualTo(new FlowNameKey("greptime", "my flow!"));
  }

  @Test
  void case31_givenTheLargestRegionIdThenItIsUnsigned() {
    RegionId region = RegionId.of(new TableId(0xffff_ffffL), 10);
    Bytes key = new TopicRegionKey("t", region).toBytes();

    assertThat(key.toUtf8()).isEqualTo("__topic_region/t/18446744069414584330");
    assertThat(TopicRegionKey.parse(key).region()).isEqualTo(region);
  }

  private static void assertError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, StatusCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(MetasrvException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }

  private static String print(Object key) {
    return invoke(key, "toBytes", key).toUtf8();
  }

  private static Object parse(Object key, Bytes text) {
    try {
      return key.getClass().getMethod("parse", Bytes.class).invoke(null, text);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes invoke(Object key, String method, Object target) {
    try {
      return (Bytes) key.getClass().getMethod(method).invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
