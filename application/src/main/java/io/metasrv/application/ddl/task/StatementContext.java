package io.metasrv.application.ddl.task;

import io.metasrv.domain.UnknownMembers;
import io.metasrv.domain.flow.QueryContext;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The session of a statement as it comes from the wire. */
public final class StatementContext {

  /**
   * Extension with a token that our own client makes up for each statement and repeats when it
   * sends the statement again; any text. It is for metasrv only and is not kept.
   */
  public static final String TOKEN = "metasrv.ddl_token";

  /** Extension that frontends put a new id in for each statement, or for a few given at once. */
  private static final String STATEMENT_ID = "remote_query_id";

  private static final int CHANNEL_BITS = 0xff;

  private StatementContext() {}

  /** As procedures keep it: without token and without what asks for an explanation. */
  public static QueryContext read(io.metasrv.protocol.v1.QueryContext context) {
    LinkedHashMap<String, String> extensions = new LinkedHashMap<>(context.getExtensionsMap());
    extensions.remove(TOKEN);
    return new QueryContext(
        context.getCurrentCatalog(),
        context.getCurrentSchema(),
        context.getTimezone(),
        extensions,
        context.getChannel() & CHANNEL_BITS,
        new LinkedHashMap<>(context.getSnapshotSeqs().getSnapshotSeqsMap()),
        new LinkedHashMap<>(context.getSnapshotSeqs().getSstMinSequencesMap()),
        UnknownMembers.NONE);
  }

  /** The token, if there is one. */
  static Optional<String> token(io.metasrv.protocol.v1.QueryContext context) {
    return extension(context, TOKEN);
  }

  /** The id of the statement, if there is one. */
  static Optional<String> statementId(io.metasrv.protocol.v1.QueryContext context) {
    return extension(context, STATEMENT_ID);
  }

  private static Optional<String> extension(
      io.metasrv.protocol.v1.QueryContext context, String name) {
    String value = context.getExtensionsMap().getOrDefault(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
