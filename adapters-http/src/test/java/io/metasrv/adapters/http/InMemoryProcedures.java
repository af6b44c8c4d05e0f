package io.metasrv.adapters.http;

import io.metasrv.application.service.ProcedureAdminService;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One procedure that refuses to be skipped. */
final class InMemoryProcedures implements ProcedureAdminService {

  static final String ID = "0a1b0000-0000-4000-8000-000000000000";

  final List<String> calls = new ArrayList<>();
  boolean leads = true;

  private String call(String what) {
    if (!leads) {
      throw new NotLeaderException("10.0.0.2:3002");
    }
    calls.add(what);
    return "{\"call\":\"" + what + "\"}";
  }

  @Override
  public String listJson() {
    return call("list");
  }

  @Override
  public Optional<String> showJson(ProcedureId id) {
    String json = call("show " + id);
    return id.toString().equals(ID) ? Optional.of(json) : Optional.empty();
  }

  @Override
  public String locksJson() {
    return call("locks");
  }

  @Override
  public String historyJson(int limit) {
    return call("history " + limit);
  }

  @Override
  public String cancel(ProcedureId id) {
    return call("cancel " + id);
  }

  @Override
  public String skip(ProcedureId id) {
    throw ServiceException.illegalState("it is in the middle of a step");
  }

  @Override
  public String retry(ProcedureId id) {
    return call("retry " + id);
  }
}
