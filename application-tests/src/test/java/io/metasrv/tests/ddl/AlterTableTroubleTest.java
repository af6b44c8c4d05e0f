package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.altertable.AlterTableProcedure;
import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.metadata.codec.TableInfoValueCodec;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.ProcedureState;
import io.metasrv.domain.table.TableInfoValue;
import io.metasrv.protocol.v1.meta.AlterTableTask;
import io.metasrv.protocol.v1.region.RegionRequest.BodyCase;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ALTER TABLE when regions refuse, cannot be reached, or the leader dies (sheet 06 §9, §24). */
class AlterTableTroubleTest {

  private static final TableId T = new TableId(1024);
  private static final String INFO = "__table_info/1024";
  private static final String POISON = "/__procedure_poison/table/1024";

  private final DdlWorld world = new DdlWorld();

  /** Two regions on two datanodes. */
  @BeforeEach
  void table() throws InterruptedException {
    ProcedureDriver.run(
            CreateTable.of(
                world.context(), Tasks.table("t", "{\"a\":1}", "{\"b\":2}"), Tasks.SESSION))
        .output();
    world.datanodes.forget();
  }

  private AlterTableProcedure alter(AlterTableTask task) {
    return new AlterTableProcedure(world.context(), task, T);
  }

  private TableInfoValue info() {
    return TableInfoValueCodec.CODEC.read(JsonReader.read(world.value(INFO)));
  }

  private static MetasrvException refused() {
    return ServiceException.invalidArguments("this region cannot be altered so");
  }

  @Test
  void case22_oneRegionRefusesSoTheTableIsPoisoned() throws InterruptedException {
    world.datanodes.fail(2, refused());
    try (Engine engine = new Engine(world)) {
      ProcedureState first = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(first).isInstanceOf(ProcedureState.Poisoned.class);
      assertThat(world.value(POISON)).startsWith("{\"token\":\"");
      assertThat(info().version()).isZero();

      ProcedureState second = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(second).isInstanceOf(ProcedureState.Failed.class);
      assertThat(second.failure().orElseThrow())
          .hasStackTraceContaining("Failed to put poison, table metadata may be corrupted")
          .hasStackTraceContaining("Procedure poison key already exists with a different value");

      world.store.delete(Bytes.utf8(POISON), io.metasrv.application.port.Previous.DISCARD);
      ProcedureState third = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(third).isInstanceOf(ProcedureState.Done.class);
      assertThat(world.value(POISON)).isEmpty();
      assertThat(info().info().meta().columnIds()).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  @Test
  void case23_allRegionsRefuseOrOneCannotBeReached() throws InterruptedException {
    world.datanodes.fail(1, refused());
    world.datanodes.fail(2, refused());
    try (Engine engine = new Engine(world)) {
      ProcedureState both = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(both).isInstanceOf(ProcedureState.Failed.class);
      assertThat(both.failure().orElseThrow().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
      assertThat(world.value(POISON)).isEmpty();

      world.datanodes.forget();
      world.datanodes.fail(2, Datanodes.unavailable(), Datanodes.unavailable());
      ProcedureState retried = engine.run(alter(Alters.addField("t", "mem")));
      assertThat(retried).isInstanceOf(ProcedureState.Done.class);
      assertThat(world.datanodes.received(BodyCase.ALTER)).hasSize(6);
      assertThat(world.value(POISON)).isEmpty();
    }
  }

  @Test
  void case23_thePoisonOfARetriedAlterStays() throws InterruptedException {
    world.datanodes.fail(2, Datanodes.unavailable(), refused());
    try (Engine engine = new Engine(world)) {
      ProcedureState ended = engine.run(alter(Alters.addField("t", "mem")));

      assertThat(ended).isInstanceOf(ProcedureState.Poisoned.class);
      assertThat(world.value(POISON)).startsWith("{\"token\":\"");
      assertThat(world.datanodes.received(BodyCase.ALTER)).hasSize(4);
    }
  }

  @Test
  void whenTheLeaderDiesAfterTheUpdateThenTheNextOneSeesItIsDone() throws InterruptedException {
    AlterTableProcedure procedure = alter(Alters.addField("t", "mem"));
    String dump = ProcedureDriver.crashAfter(procedure, 2);
    // The update is written, but the leader dies before it can store that.
    ProcedureDriver.crashAfter(procedure, 1);
    String written = world.value(INFO);
    assertThat(info().version()).isEqualTo(1);

    ProcedureDriver run =
        ProcedureDriver.run(AlterTableProcedure.loader(world.nextLeader()).load(dump));

    run.output();
    assertThat(world.value(INFO)).isEqualTo(written);
    assertThat(world.heard()).hasSize(1);
  }

  @Test
  void whenTheLeaderDiesAfterARenameThenTheNextOneSeesItIsDone() throws InterruptedException {
    AlterTableProcedure procedure = alter(Alters.rename("t", "t2"));
    String dump = ProcedureDriver.crashAfter(procedure, 1);
    ProcedureDriver.crashAfter(procedure, 1);
    String written = world.value(INFO);

    ProcedureDriver.run(AlterTableProcedure.loader(world.nextLeader()).load(dump)).output();

    assertThat(world.value(INFO)).isEqualTo(written);
  }

  @Test
  void whenSomebodyElseChangedTheTableThenTheUpdateFails() throws InterruptedException {
    AlterTableProcedure procedure = alter(Alters.addField("t", "mem"));
    String dump = ProcedureDriver.crashAfter(procedure, 2);
    world
        .context()
        .tables()
        .updateTableInfo(
            world.context().tables().infos().get(T).orElseThrow(),
            Optional.empty(),
            info().info().withDesc(Optional.of("changed")));

    MetasrvException error =
        ProcedureDriver.run(AlterTableProcedure.loader(world.nextLeader()).load(dump)).error();

    assertThat(error.code()).isEqualTo(StatusCode.UNEXPECTED);
    assertThat(error).hasMessageContaining("the updating table info");
  }
}
