package io.metasrv.application.ddl.comment;

import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.procedure.LockKey;
import java.util.List;

/** The thing behind a {@link CommentTarget}, found by its id. Not thread-safe. */
interface CommentObject {

  /**
   * Whether the comment is as wanted.
   *
   * @throws io.metasrv.domain.error.ServiceException if the thing is gone
   */
  boolean isUpToDate();

  /** Sets the comment, if the thing is as it was read. */
  void update();

  /** What nodes have to forget. */
  List<CacheIdent> caches();

  /** The lock of the id. */
  LockKey lock();

  /** Writes the member of a procedure's state that holds the id. */
  void writeId(JsonWriter out);
}
