package io.metasrv.application.procedure;

import io.metasrv.protocol.v1.meta.DdlTaskRequest;
import io.metasrv.protocol.v1.meta.DdlTaskResponse;

/** Runs DDL tasks in one term. Thread-safe. */
@FunctionalInterface
public interface DdlService {

  /**
   * Runs a task to its end.
   *
   * @param request with header and query context; the task may be missing
   * @throws io.metasrv.domain.error.MetasrvException if it failed or was refused
   * @throws InterruptedException if the caller was cancelled; a procedure begun goes on
   */
  DdlTaskResponse run(DdlTaskRequest request) throws InterruptedException;
}
