package io.metasrv.adapters.http;

import io.metasrv.application.service.AdminService;
import io.metasrv.application.service.ProcedureAdminService;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Procedures for operators: routes of our own. Answered by the leader; any other node says 503,
 * with the leader's address in the header {@code x-metasrv-leader} where it is known.
 */
final class ProcedureRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(ProcedureRoutes.class);
  private static final String ROOT = "/admin/procedures";
  private static final String ONE = ROOT + "/{id}";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final ProcedureAdminService procedures;
  private final AdminService admin;

  ProcedureRoutes(ProcedureAdminService procedures, AdminService admin) {
    this.procedures = procedures;
    this.admin = admin;
  }

  void addTo(Routes.Builder routes) {
    routes
        .get(ROOT, request -> answer(procedures::listJson))
        .get(ROOT + "/locks", request -> answer(procedures::locksJson))
        .get(ROOT + "/history", this::history)
        .get(ONE, request -> ofOne(request, this::show))
        .post(ONE + "/cancel", request -> ofOne(request, id -> answer(() -> procedures.cancel(id))))
        .post(ONE + "/skip", request -> ofOne(request, id -> answer(() -> procedures.skip(id))))
        .post(ONE + "/retry", request -> ofOne(request, id -> answer(() -> procedures.retry(id))));
  }

  private Response history(Request request) {
    Optional<Integer> limit = Limits.of(request, DEFAULT_LIMIT, MAX_LIMIT);
    return limit
        .map(most -> answer(() -> procedures.historyJson(most)))
        .orElseGet(() -> Limits.refused(request, MAX_LIMIT));
  }

  private Response show(ProcedureId id) {
    return guarded(
        () ->
            procedures
                .showJson(id)
                .map(json -> Response.json(200, json))
                .orElseGet(() -> Response.text(404, "Procedure not found: " + id)));
  }

  private static Response ofOne(Request request, Function<ProcedureId, Response> work) {
    String text = request.path().split("/", -1)[3];
    return ProcedureId.parse(text)
        .map(work)
        .orElseGet(() -> Response.text(400, "this is no id of a procedure: " + text));
  }

  private Response answer(Supplier<String> json) {
    return guarded(() -> Response.json(200, json.get()));
  }

  private Response guarded(Supplier<Response> work) {
    try {
      return work.get();
    } catch (NotLeaderException elsewhere) {
      Response response = StructuredErrors.unmasked(elsewhere, 503);
      return leader().map(at -> response.with("x-metasrv-leader", at)).orElse(response);
    } catch (MetasrvException e) {
      LOG.warn("A request about procedures was not carried out", e);
      return StructuredErrors.unmasked(e, e.code().httpStatus());
    }
  }

  private Optional<String> leader() {
    try {
      return admin.leader();
    } catch (MetasrvException unknown) {
      LOG.debug("The leader cannot be asked for", unknown);
      return Optional.empty();
    }
  }
}
