package io.metasrv.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.heartbeat.NodeRole;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NodeKeysTest {

  private static final long LARGE = Long.parseUnsignedLong("18446744073709551615");

  @Test
  void givenKeys_thenTheyPrintAsRecordedAndReadBack() {
    assertThat(new DatanodeLeaseKey(1).toBytes().toUtf8()).isEqualTo("__meta_datanode_lease-0-1");
    assertThat(new FlownodeLeaseKey(LARGE).toBytes().toUtf8())
        .isEqualTo("__meta_flownode_lease-0-18446744073709551615");
    assertThat(new DatanodeStatKey(7).toBytes().toUtf8()).isEqualTo("__meta_datanode_stat-0-7");
    assertThat(NodeInfoKey.of(NodeRole.FRONTEND, LARGE).toBytes().toUtf8())
        .isEqualTo("__meta_cluster_node_info-0-1-18446744073709551615");
    assertThat(NodeAddressKey.of(NodeRole.FLOWNODE, 5).toBytes().toUtf8())
        .isEqualTo("__node_address/2/5");
    assertThat(new TableRouteKey(new TableId(1024)).toBytes().toUtf8())
        .isEqualTo("__table_route/1024");

    assertThat(DatanodeLeaseKey.parse(Bytes.utf8("__meta_datanode_lease-0-1")))
        .isEqualTo(new DatanodeLeaseKey(1));
    assertThat(DatanodeStatKey.parse(Bytes.utf8("__meta_datanode_stat-77-18446744073709551615")))
        .isEqualTo(new DatanodeStatKey(LARGE));
    assertThat(FlownodeLeaseKey.parse(new FlownodeLeaseKey(3).toBytes()))
        .isEqualTo(new FlownodeLeaseKey(3));
    assertThat(NodeInfoKey.parse(Bytes.utf8("__meta_cluster_node_info-0-2-9")))
        .isEqualTo(NodeInfoKey.of(NodeRole.FLOWNODE, 9));
    assertThat(NodeAddressKey.parse(Bytes.utf8("__node_address/0/3")))
        .isEqualTo(NodeAddressKey.of(NodeRole.DATANODE, 3));
    assertThat(TableRouteKey.parse(Bytes.utf8("__table_route/4294967295")))
        .isEqualTo(new TableRouteKey(new TableId(4294967295L)));
  }

  @Test
  void givenKeysWithAPrefix_thenThePrefixBeginsThemAndOthersItDoesNot() {
    assertThat(new DatanodeLeaseKey(1).toBytes().startsWith(DatanodeLeaseKey.PREFIX)).isTrue();
    assertThat(
            NodeInfoKey.of(NodeRole.FRONTEND, 1)
                .toBytes()
                .startsWith(NodeInfoKey.prefixOf(NodeRole.FRONTEND)))
        .isTrue();
    assertThat(
            NodeInfoKey.of(NodeRole.DATANODE, 1)
                .toBytes()
                .startsWith(NodeInfoKey.prefixOf(NodeRole.FRONTEND)))
        .isFalse();
  }

  @Test
  void givenOtherKeys_thenTheErrorShowsKeyAndForm() {
    List<Function<Bytes, Object>> readers =
        List.of(
            DatanodeLeaseKey::parse,
            FlownodeLeaseKey::parse,
            DatanodeStatKey::parse,
            NodeInfoKey::parse);
    List<String> keys =
        List.of(
            "",
            "__meta_datanode_lease-0",
            "__meta_datanode_lease-0-",
            "__meta_datanode_lease-0-x",
            "__meta_datanode_stat-0-18446744073709551616",
            "__meta_cluster_node_info-0-1--1");
    for (Function<Bytes, Object> reader : readers) {
      for (String key : keys) {
        assertThatThrownBy(() -> reader.apply(Bytes.utf8(key)))
            .isInstanceOfSatisfying(
                MetasrvException.class,
                e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
            .hasMessageContaining("Invalid key");
      }
    }
  }
}
