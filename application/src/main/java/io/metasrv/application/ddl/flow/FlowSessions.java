package io.metasrv.application.ddl.flow;

import io.metasrv.application.json.JsonValue;
import io.metasrv.application.metadata.codec.QueryContextCodec;
import io.metasrv.domain.flow.QueryContext;
import io.metasrv.protocol.v1.SnapshotSequences;
import java.util.LinkedHashMap;

/** The session of the statement that creates a flow, as it is kept with the flow. */
final class FlowSessions {

  /** Only good for one run of a flow. */
  private static final String SCHEDULED_TIME = "flow.scheduled_time_millis";

  private FlowSessions() {}

  /** Without what is not the flow's. */
  static QueryContext ofFlow(QueryContext statement) {
    LinkedHashMap<String, String> extensions = new LinkedHashMap<>(statement.extensions());
    extensions.remove(SCHEDULED_TIME);
    return new QueryContext(
        statement.currentCatalog(),
        statement.currentSchema(),
        statement.timezone(),
        extensions,
        statement.channel(),
        statement.snapshotSeqs(),
        statement.sstMinSequences(),
        statement.unknown());
  }

  /** Reads either shape. */
  static QueryContext read(JsonValue json) {
    return ofFlow(QueryContextCodec.CODEC.read(json));
  }

  /** As flownodes get it. */
  static io.metasrv.protocol.v1.QueryContext toWire(QueryContext session) {
    return io.metasrv.protocol.v1.QueryContext.newBuilder()
        .setCurrentCatalog(session.currentCatalog())
        .setCurrentSchema(session.currentSchema())
        .setTimezone(session.timezone())
        .putAllExtensions(session.extensions())
        .setChannel(session.channel())
        .setSnapshotSeqs(
            SnapshotSequences.newBuilder()
                .putAllSnapshotSeqs(session.snapshotSeqs())
                .putAllSstMinSequences(session.sstMinSequences()))
        .build();
  }
}
