package io.metasrv.application.ddl.task;

import com.google.protobuf.CodedOutputStream;
import io.metasrv.domain.procedure.ProcedureId;
import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * Whether a request may be one that was sent before. Clients send a request again, byte for byte,
 * if the connection or its leader broke down before the answer came; what it asked for may be done,
 * or under way.
 *
 * <p>Ids are derived from token or statement id and from everything that is asked for, so that no
 * request is ever taken for a different one.
 */
public sealed interface RequestIdentity {

  /** Nothing tells it from an equal one that is meant to be run beside it. */
  record Unknown() implements RequestIdentity {}

  /**
   * Our own client says which ones are the same: those with the same token.
   *
   * @param id of the procedure that runs, or ran, for all of them
   */
  record Token(ProcedureId id) implements RequestIdentity {}

  /**
   * The client's query has an id of its own. Equal requests of one query are the same request if
   * they overlap in time; one that comes when the other is done may be another statement of the
   * same query, which is to be run again: {@code TRUNCATE t; INSERT ...; TRUNCATE t}.
   *
   * @param id of the procedure that runs for those that overlap
   */
  record Statement(ProcedureId id) implements RequestIdentity {}

  /**
   * That of a part of a request. Its header and how long it waits don't count: they may differ.
   *
   * @param part counts the procedures that the request needs
   */
  static RequestIdentity of(DdlTaskRequest request, int part) {
    io.metasrv.protocol.v1.QueryContext context = request.getQueryContext();
    if (StatementContext.token(context).isPresent()) {
      return new Token(derived(request, part));
    }
    return StatementContext.statementId(context).isPresent()
        ? new Statement(derived(request, part))
        : new Unknown();
  }

  private static ProcedureId derived(DdlTaskRequest request, int part) {
    DdlTaskRequest asked = request.toBuilder().clearHeader().clearWait().clearTimeoutSecs().build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      out.writeUInt32NoTag(part);
      asked.writeTo(out);
      out.flush();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return new ProcedureId(UUID.nameUUIDFromBytes(bytes.toByteArray()));
  }
}
