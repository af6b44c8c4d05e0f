package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.ddl.createtable.CreateTable;
import io.metasrv.application.ddl.droptable.DropTable;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.metasrv.TermContext;
import io.metasrv.application.metrics.NoMetrics;
import io.metasrv.application.options.ByteSize;
import io.metasrv.application.options.ProcedureOptions;
import io.metasrv.application.procedure.ProcedureManager;
import io.metasrv.application.procedure.ProcedureTerms;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ProcedureException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.ProcedureOutput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same procedures under the real framework. */
class EngineTest {

  private final DdlWorld world = new DdlWorld();
  private final ProcedureManager procedures = manager();

  private ProcedureManager manager() {
    ProcedureOptions options =
        new ProcedureOptions(
            2, Duration.ofMillis(1), ByteSize.kibibytes(1500), 128, Duration.ofMinutes(10), 100);
    var context = world.context();
    return (ProcedureManager)
        new ProcedureTerms(
                options,
                List.of(
                    (term, types) -> {
                      types.register(CreateTable.TYPE, CreateTable.loader(context));
                      types.register(DropTable.TYPE, DropTable.loader(context));
                    }))
            .create(
                new TermContext(
                    context.term(),
                    world.store,
                    world.store,
                    context.runtime(),
                    new NoMetrics(),
                    new RecentEvents(10),
                    "127.0.0.1:23002"));
  }

  @BeforeEach
  void start() throws InterruptedException {
    procedures.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    world.context().term().end("the test is over");
    procedures.stop();
  }

  private ProcedureOutput create(String table) throws InterruptedException {
    return procedures.await(
        procedures.submit(
            CreateTable.of(world.context(), Tasks.table(table, "low", "high"), Tasks.SESSION)));
  }

  @Test
  void createdAndDropped() throws InterruptedException {
    assertThat(create("t")).isEqualTo(new ProcedureOutput.TableIds(List.of(new TableId(1024))));
    assertThat(
            procedures.await(
                procedures.submit(DropTable.of(world.context(), Tasks.drop("t", 1024, false)))))
        .isEqualTo(new ProcedureOutput.Nothing());
    assertThat(world.values("__table_")).isEmpty();
    assertThat(world.datanodes.storage().regions()).isEmpty();
  }

  @Test
  void aCreationThatFailsLeavesNoRegionAndNoGuard() {
    world.datanodes.fail(2, ServiceException.invalidArguments("disk full"));
    assertThatThrownBy(() -> create("t"))
        .isInstanceOfSatisfying(
            ProcedureException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENTS))
        .hasMessage("disk full");
    assertThat(world.datanodes.storage().regions()).isEmpty();
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isEmpty();
  }

  @Test
  void aDropWhoseDatanodeNeverComesBackLeavesNoGuard() throws InterruptedException {
    create("t");
    world.datanodes.fail(
        1, Datanodes.unavailable(), Datanodes.unavailable(), Datanodes.unavailable());
    DropTable drop = DropTable.of(world.context(), Tasks.drop("t", 1024, false));
    assertThatThrownBy(() -> procedures.await(procedures.submit(drop)))
        .hasMessage("the datanode cannot be reached");
    assertThat(world.context().operating().role(1, new RegionId(1024L << 32))).isEmpty();
    assertThat(world.values("__tombstone/")).hasSize(5);
  }
}
