package io.metasrv.simulation.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.admin.ProcedureAdminHandler;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.procedure.Step;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import io.metasrv.domain.procedure.ProcedureId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listings of service ProcedureAdmin. */
class AdminViewTest {

  private static final LockKey LOCK = new LockKey(LockMode.EXCLUSIVE, "k");

  private final Lab lab = new Lab().lead();

  private ProcedureAdminHandler admin() {
    return lab.admin();
  }

  private JsonValue.Object json(java.util.function.Supplier<String> call) {
    return JsonReader.read(lab.call(call)).asObject();
  }

  private Toy slow() {
    return Toy.of(
            "slow",
            context -> {
              lab.process().sleep(Duration.ofSeconds(5));
              return Step.done();
            })
        .locking(LOCK);
  }

  @Test
  void whoWaitsForWhomIsShown() {
    ProcedureId holds = lab.submit(slow());
    ProcedureId waits = lab.submit(slow());
    lab.runFor(Duration.ofSeconds(1));

    List<JsonValue> locks = json(admin()::locksJson).require("procedure_locks").asArray();
    assertThat(locks)
        .extracting(place -> place.asObject().text("procedure"))
        .containsExactly(holds.toString(), waits.toString());
    assertThat(locks)
        .extracting(place -> place.asObject().require("held").asBool())
        .containsExactly(true, false);
    assertThat(locks).allMatch(place -> place.asObject().number("since_ms") > 0);
    JsonValue.Object waiting = json(() -> admin().showJson(waits).orElseThrow());
    assertThat(waiting.require("waits_for").asArray())
        .extracting(JsonValue::asText)
        .containsExactly(holds.toString());
    assertThat(waiting.text("activity")).isEqualTo("WAITING_FOR_LOCKS");
    assertThat(json(() -> admin().showJson(holds).orElseThrow()).text("activity"))
        .isEqualTo("IN_STEP");
  }

  @Test
  void theListHasWhatRunsAndWhatIsSetApart() {
    lab.stepDown();
    lab.putRecord(Lab.id(1), "0000000000.step", "metasrv-procedure::Unheard", "t 0", "");
    lab.lead();
    ProcedureId id = lab.submit(slow());
    lab.runFor(Duration.ofSeconds(1));

    JsonValue.Object list = json(admin()::listJson);

    assertThat(list.require("procedures").asArray())
        .extracting(one -> one.asObject().text("id"))
        .containsExactly(id.toString());
    assertThat(list.require("quarantined").asArray())
        .extracting(one -> one.asObject().text("id"))
        .containsExactly(Lab.id(1).toString());
    assertThat(json(() -> admin().showJson(Lab.id(1)).orElseThrow()).text("state"))
        .isEqualTo("Quarantined");
    assertThat(json(() -> admin().skip(Lab.id(1))).require("poisons_left").asArray()).isEmpty();
    assertThat(json(() -> admin().showJson(Lab.id(1)).orElseThrow()).text("error"))
        .contains("skipped by operator");
  }

  @Test
  void whatFinishedLongAgoIsShownFromTheHistory() {
    ProcedureId id = lab.submit(Toy.of("t", Toy.done()));
    lab.end(id);
    lab.runFor(Duration.ofMinutes(25));

    assertThat(json(() -> admin().showJson(id).orElseThrow()).text("state")).isEqualTo("Done");
    assertThat(JsonReader.read(lab.call(() -> admin().historyJson(5))).asArray()).hasSize(1);
  }

  @Test
  void aNodeThatDoesNotLeadSaysSo() {
    lab.stepDown();

    assertThat(lab.failureOf(() -> lab.world.note("list", admin().listJson())))
        .isInstanceOf(NotLeaderException.class);
  }
}
