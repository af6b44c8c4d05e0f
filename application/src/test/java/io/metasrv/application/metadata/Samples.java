package io.metasrv.application.metadata;

import io.metasrv.domain.Maps;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.route.Region;
import io.metasrv.domain.route.RegionRoute;
import io.metasrv.domain.route.TableRoute;
import io.metasrv.domain.table.ColumnSchema;
import io.metasrv.domain.table.DataType;
import io.metasrv.domain.table.Schema;
import io.metasrv.domain.table.TableIdent;
import io.metasrv.domain.table.TableInfo;
import io.metasrv.domain.table.TableMeta;
import io.metasrv.domain.table.TableName;
import io.metasrv.domain.table.TableOptions;
import io.metasrv.domain.table.TableType;
import io.metasrv.domain.table.TimeToLive;
import io.metasrv.domain.table.TimeUnit;
import io.metasrv.domain.table.ViewInfo;
import io.metasrv.domain.wal.WalOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Small tables. */
final class Samples {

  static final TableId TABLE = new TableId(1024);

  static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.123456Z");

  private Samples() {}

  static TableInfo info(TableId table, String name) {
    ColumnSchema host = ColumnSchema.of("host", DataType.string(), true);
    ColumnSchema time =
        ColumnSchema.of("ts", new DataType.Timestamp(TimeUnit.MILLISECOND), false).asTimeIndex();
    TableMeta meta =
        new TableMeta(
            Schema.of(List.of(host, time)),
            List.of(0),
            List.of(1),
            "mito",
            2,
            TableOptions.none(),
            CREATED,
            CREATED,
            List.of(),
            List.of(0L, 1L),
            UnknownMembers.NONE);
    return new TableInfo(
        TableIdent.of(table),
        name,
        Optional.empty(),
        "greptime",
        "public",
        meta,
        TableType.BASE,
        UnknownMembers.NONE);
  }

  static TableInfo info() {
    return info(TABLE, "monitor");
  }

  static TableInfo withTtl(TableInfo info, String ttl) {
    return info.withMeta(
        info.meta()
            .withOptions(info.meta().options().withTtl(Optional.of(TimeToLive.ofStored(ttl)))));
  }

  static TableName name(String table) {
    return new TableName("greptime", "public", table);
  }

  static Peer datanode(long id) {
    return new Peer(id, "127.0.0.1:400" + id);
  }

  /** Region 0, 1, … of the table, each led by the node of that index. */
  static TableRoute.Physical route(TableId table, long... leaders) {
    return TableRoute.physical(regions(table, leaders));
  }

  static List<RegionRoute> regions(TableId table, long... leaders) {
    List<RegionRoute> regions = new ArrayList<>();
    for (int i = 0; i < leaders.length; i++) {
      regions.add(RegionRoute.of(Region.of(RegionId.of(table, i), ""), datanode(leaders[i])));
    }
    return regions;
  }

  /** A topic for region 0, 1, …. */
  static RegionWalOptions topics(String... topics) {
    TreeMap<Long, WalOptions> options = new TreeMap<>();
    for (int i = 0; i < topics.length; i++) {
      options.put((long) i, new WalOptions.Kafka(topics[i]));
    }
    return RegionWalOptions.of(options);
  }

  static ViewInfo view(String definition) {
    return ViewInfo.of(
        io.metasrv.domain.Bytes.of(1, 2, 255),
        new LinkedHashSet<>(List.of(name("monitor"))),
        List.of("h"),
        List.of("host"),
        definition);
  }

  static TableInfo viewInfo(TableId view, String name) {
    TableInfo table = info(view, name);
    TableMeta meta =
        new TableMeta(
            Schema.of(List.of()),
            List.of(),
            List.of(),
            "",
            0,
            TableOptions.none(),
            CREATED,
            CREATED,
            List.of(),
            List.of(),
            UnknownMembers.NONE);
    return new TableInfo(
        table.ident(),
        name,
        Optional.empty(),
        "greptime",
        "public",
        meta,
        TableType.VIEW,
        UnknownMembers.NONE);
  }

  static <K, V> java.util.SequencedMap<K, V> none() {
    return Maps.empty();
  }
}
