package io.metasrv.application.admin;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.procedure.ProcedureManager;
import io.metasrv.application.procedure.ProcedureOperations;
import io.metasrv.application.service.ProcedureAdminService;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.PoisonKey;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Service ProcedureAdmin over the manager of the term this node holds. Thread-safe. */
public final class ProcedureAdminHandler implements ProcedureAdminService {

  private static final Logger LOG = LoggerFactory.getLogger(ProcedureAdminHandler.class);

  private final Leadership leadership;
  private final Supplier<Optional<ProcedureManager>> managers;

  /**
   * @param managers the manager of the term this node holds
   */
  public ProcedureAdminHandler(
      Leadership leadership, Supplier<Optional<ProcedureManager>> managers) {
    this.leadership = leadership;
    this.managers = managers;
  }

  @Override
  public String listJson() {
    ProcedureManager manager = manager();
    return ProcedureReports.list(manager.list(), manager.operations().quarantined());
  }

  @Override
  public Optional<String> showJson(ProcedureId id) {
    ProcedureManager manager = manager();
    ProcedureOperations operations = manager.operations();
    return manager
        .find(id)
        .map(view -> ProcedureReports.show(view, operations.locks()))
        .or(
            () ->
                operations.quarantined().stream()
                    .filter(apart -> apart.id().equals(Optional.of(id)))
                    .findFirst()
                    .map(ProcedureReports::quarantined))
        .or(() -> operations.history(id).map(Bytes::toUtf8));
  }

  @Override
  public String locksJson() {
    ProcedureOperations operations = manager().operations();
    return ProcedureReports.locks(operations.locks(), operations.dynamicLocks());
  }

  @Override
  public String historyJson(int limit) {
    JsonWriter json = new JsonWriter().beginArray();
    manager().operations().history(limit).forEach(record -> json.raw(record.toUtf8()));
    return json.endArray().toText();
  }

  @Override
  public String cancel(ProcedureId id) {
    manager().operations().cancel(id);
    LOG.info("Operator cancelled procedure {}", id);
    return answer(id, "it ends at its next boundary between steps", List.of());
  }

  @Override
  public String skip(ProcedureId id) {
    try {
      List<PoisonKey> poisons = manager().operations().skip(id);
      LOG.info("Operator skipped procedure {}, which leaves the poisons {}", id, poisons);
      return answer(id, "it was taken away; its records are in the history", poisons);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new ServiceException(
          StatusCode.CANCELLED,
          "The call was cancelled; look whether procedure %s has ended".formatted(id),
          cancelled);
    }
  }

  @Override
  public String retry(ProcedureId id) {
    manager().operations().retry(id);
    LOG.info("Operator lets procedure {} run after all", id);
    return answer(id, "it goes on from its last record", List.of());
  }

  private static String answer(ProcedureId id, String what, List<PoisonKey> poisons) {
    JsonWriter json =
        new JsonWriter().beginObject().member("id", id.toString()).member("result", what);
    json.name("poisons_left").beginArray();
    poisons.forEach(poison -> json.value(poison.toString()));
    return json.endArray().endObject().toText();
  }

  private ProcedureManager manager() {
    return managers.get().orElseThrow(() -> new NotLeaderException(leadership.serverAddress()));
  }
}
